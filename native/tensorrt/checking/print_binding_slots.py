"""Prints the slots that NVIDIA's Python bindings call, with counting_libraries.cpp for TensorRT.

Usage: print_binding_slots.py TENSORRT_SO LIBNVINFER    (../README.md says how to get the two)
TENSORRT_SO is tensorrt.so of a wheel of the bindings, LIBNVINFER the built stand-in. Needs numpy.
"""

import ctypes
import importlib.util
import os
import sys


def load_bindings(path):
    spec = importlib.util.spec_from_file_location('tensorrt', path)
    module = importlib.util.module_from_spec(spec)
    sys.modules['tensorrt'] = module
    spec.loader.exec_module(module)
    return module


class Printer:
    """Prints after each call of the bindings which slots it came to."""

    def __init__(self, counting):
        self._counting = counting

    def call(self, name, function):
        self._counting.counting_reset()
        result = None
        try:
            result = function()
        except (ValueError, TypeError, RuntimeError, MemoryError) as error:
            # The stand-in's answer may make no sense; the call was made all the same.
            if self._counting.counting_calls() == 0:
                raise SystemExit(f'{name} was not called: {error}') from error
        calls = range(self._counting.counting_calls())
        print(f'{name}={",".join(str(self._counting.counting_slot(call)) for call in calls)}', end=' ')
        return result


def print_delegate_slots(trt, logger, printer):
    static = trt.ExecutionContextAllocationStrategy.STATIC
    runtime = trt.Runtime(logger)
    engine = printer.call('deserializeCudaEngine', lambda: runtime.deserialize_cuda_engine(b'plan'))
    context = printer.call('createExecutionContext', lambda: engine.create_execution_context(static))
    printer.call('getTensorShape', lambda: engine.get_tensor_shape('x'))
    printer.call('getTensorDataType', lambda: engine.get_tensor_dtype('x'))
    printer.call('isShapeInferenceIO', lambda: engine.is_shape_inference_io('x'))
    printer.call('getTensorIOMode', lambda: engine.get_tensor_mode('x'))
    printer.call('getProfileShape', lambda: engine.get_tensor_profile_shape('x', 0))
    printer.call('getNbIOTensors', lambda: engine.num_io_tensors)
    printer.call('getIOTensorName', lambda: engine.get_tensor_name(0))
    printer.call('getStreamableWeightsSize', lambda: engine.streamable_weights_size)
    printer.call('setWeightStreamingBudgetV2', lambda: setattr(engine, 'weight_streaming_budget_v2', 5))
    printer.call('getWeightStreamingBudgetV2', lambda: engine.weight_streaming_budget_v2)
    printer.call('getWeightStreamingAutomaticBudget', engine.get_weight_streaming_automatic_budget)
    printer.call(
        'getWeightStreamingScratchMemorySize', lambda: engine.weight_streaming_scratch_memory_size
    )
    printer.call('getDeviceMemorySizeV2', lambda: engine.device_memory_size_v2)
    if hasattr(engine, 'get_aliased_input_tensor'):
        printer.call('getAliasedInputTensor', lambda: engine.get_aliased_input_tensor('x'))
    printer.call('setInputShape', lambda: context.set_input_shape('x', (1,)))
    printer.call('getTensorShape', lambda: context.get_tensor_shape('x'))
    printer.call('setTensorAddress', lambda: context.set_tensor_address('x', 16))
    printer.call('inferShapes', context.infer_shapes)
    printer.call('enqueueV3', lambda: context.execute_async_v3(0))


def print_builder_slots(trt, logger, printer):
    import numpy

    none = trt.MatrixOperation.NONE
    builder = trt.Builder(logger)
    config = printer.call('createBuilderConfig', builder.create_builder_config)
    network = printer.call('createNetworkV2', lambda: builder.create_network(0))
    memory = printer.call(
        'buildSerializedNetwork', lambda: builder.build_serialized_network(network, config)
    )
    tensor = printer.call('addInput', lambda: network.add_input('x', trt.float32, (1,)))
    printer.call('markOutput', lambda: network.mark_output(tensor))
    layer = printer.call(
        'addActivation', lambda: network.add_activation(tensor, trt.ActivationType.RELU)
    )
    printer.call(
        'addMatrixMultiply', lambda: network.add_matrix_multiply(tensor, none, tensor, none)
    )
    weights = numpy.zeros(1, numpy.float32)
    printer.call('addConstant', lambda: network.add_constant((1,), trt.Weights(weights)))
    printer.call('setName', lambda: setattr(tensor, 'name', 'y'))
    printer.call('getOutput', lambda: layer.get_output(0))
    printer.call('setFlag', lambda: config.set_flag(trt.BuilderFlag.WEIGHT_STREAMING))
    printer.call(
        'setMemoryPoolLimit',
        lambda: config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, 5),
    )
    printer.call('size', lambda: memory.nbytes)
    print(f'kWEIGHT_STREAMING={int(trt.BuilderFlag.WEIGHT_STREAMING)}')


def main():
    bindings, library = sys.argv[1:]
    counting = ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    trt = load_bindings(bindings)
    logger = trt.Logger(trt.Logger.ERROR)
    trt.Runtime(logger)
    print(counting.counting_version(), end=' ')
    printer = Printer(counting)
    print_delegate_slots(trt, logger, printer)
    print_builder_slots(trt, logger, printer)
    sys.stdout.flush()
    # Objects of the stand-in are not taken apart.
    os._exit(0)


main()
