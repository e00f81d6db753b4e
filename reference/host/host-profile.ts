import type { InitContext } from '../delegate/init-input.js';

/**
 * Versions of ExecuTorch whose behaviour the reference knows apart. 1.5.0 and 1.5.1 are the same
 * library.
 */
export type ExecuTorchVersion = '1.4.1' | '1.5.1';

/** What a host is made of, as far as outcomes depend on it. */
export interface HostProfile {
  readonly executorch: ExecuTorchVersion;
  /** Whether the host has the kernel library of the release. */
  readonly kernels: boolean;
  /** Whether the host has an allocator for CUDA memory. */
  readonly allocator: boolean;
}

/** What surrounds the methods of a host. */
export interface HostContext extends InitContext {
  readonly host: HostProfile;
}

/** A host as the suite's own is: the newest release, with all that belongs to it. */
export const STOCK_HOST: HostProfile = { executorch: '1.5.1', kernels: true, allocator: true };

/**
 * The version that a host with this text for its ExecuTorch behaves as; an unknown one is taken for
 * the newest.
 */
export function executorchVersion(text: string | undefined): ExecuTorchVersion {
  return text?.startsWith('1.4.') === true ? '1.4.1' : '1.5.1';
}
