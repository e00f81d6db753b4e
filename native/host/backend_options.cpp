#include "host/backend_options.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace wsb {
namespace {

using executorch::runtime::BackendOption;
using executorch::runtime::BackendOptions;
using executorch::runtime::Error;
using executorch::runtime::kMaxOptionKeyLength;
using executorch::runtime::kMaxOptionValueLength;
using executorch::runtime::LoadBackendOptionsMap;
using executorch::runtime::Span;

// As many as spec/wire-format.md gives the builder.
constexpr size_t kBuilderCapacity = 8;

// The text up to its first NUL, as every C string ends there.
std::string_view UntilNul(std::string_view bytes) { return bytes.substr(0, bytes.find('\0')); }

using Key = char[kMaxOptionKeyLength];

void CopyKey(std::string_view key, Key* to) {
  std::memset(*to, 0, sizeof(*to));
  std::memcpy(*to, key.data(), std::min(key.size(), sizeof(*to) - 1));
}

std::array<char, kMaxOptionValueLength> ToArray(std::string_view bytes) {
  std::array<char, kMaxOptionValueLength> array{};
  std::copy_n(bytes.data(), std::min(bytes.size(), array.size()), array.begin());
  return array;
}

}  // namespace

Error BackendOptionsBuilder::Build(const Request& request, const OptionsMapView& view) {
  map_ = LoadBackendOptionsMap();
  for (size_t n = 0; n < view.entry_count; ++n) {
    const EntryView& entry = request.entries[view.first_entry + n];
    if (storage_.size() == n) {
      storage_.emplace_back();
    }
    Options& options = storage_[n];
    Error error = Fill(request, entry, &options);
    if (error != Error::Ok) {
      return error;
    }
    text_.assign(entry.backend);
    error =
        map_.set_options(text_.c_str(), Span<BackendOption>(options.data(), options.size()));
    if (error != Error::Ok) {
      return error;
    }
  }
  return Error::Ok;
}

Error BackendOptionsBuilder::BuildEntry(const Request& request, const EntryView& entry) {
  if (storage_.empty()) {
    storage_.emplace_back();
  }
  return Fill(request, entry, &storage_.front());
}

Error BackendOptionsBuilder::Fill(const Request& request, const EntryView& entry,
                                  Options* options) {
  options->clear();
  if (entry.via == OptionsVia::kBuilder) {
    return FillBuilder(request, entry, options);
  }
  FillSpan(request, entry, options);
  return Error::Ok;
}

Error BackendOptionsBuilder::FillBuilder(const Request& request, const EntryView& entry,
                                         Options* options) {
  BackendOptions<kBuilderCapacity> builder;
  for (size_t n = 0; n < entry.option_count; ++n) {
    const OptionView& option = request.options[entry.first_option + n];
    Key key;
    CopyKey(option.key, &key);
    Error error = Error::Ok;
    switch (option.type) {
      case OptionType::kBool:
        error = builder.set_option(key, option.number != 0);
        break;
      case OptionType::kInt:
        error = builder.set_option(key, static_cast<int>(option.number));
        break;
      case OptionType::kString:
      case OptionType::kArray:
        text_.assign(option.bytes);
        error = builder.set_option(key, text_.c_str());
        break;
    }
    if (error != Error::Ok) {
      return error;
    }
  }
  const Span<BackendOption> view = builder.view();
  options->assign(view.begin(), view.end());
  return Error::Ok;
}

void BackendOptionsBuilder::FillSpan(const Request& request, const EntryView& entry,
                                     Options* options) {
  for (size_t n = 0; n < entry.option_count; ++n) {
    const OptionView& view = request.options[entry.first_option + n];
    BackendOption& option = options->emplace_back();
    CopyKey(view.key, &option.key);
    switch (view.type) {
      case OptionType::kBool:
        option.value = view.number != 0;
        break;
      case OptionType::kInt:
        option.value = static_cast<int>(view.number);
        break;
      case OptionType::kString:
        option.value = ToArray(UntilNul(view.bytes).substr(0, kMaxOptionValueLength - 1));
        break;
      case OptionType::kArray:
        option.value = ToArray(view.bytes);
        break;
    }
  }
}

}  // namespace wsb
