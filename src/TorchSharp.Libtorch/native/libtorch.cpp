// A C interface to libtorch: any operator by name through the dispatcher, and the few things that are not operators.
// Written for libtorch 1.13 and later. Nothing here lets a C++ exception cross into managed code.
#include <ATen/Context.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/serialize/archive.h>
#include <torch/version.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// c10::optional or std::optional, whichever this libtorch speaks.
template <class> struct OptionalOf;
template <template <class...> class O, class T> struct OptionalOf<O<T>> { template <class U> using of = O<U>; };
template <class U> using Maybe = typename OptionalOf<std::decay_t<decltype(std::declval<const c10::Argument&>().N())>>::template of<U>;

// The shared layout of an argument or a result; mirrored by NativeValue on the managed side.
enum Kind : int32_t {
  kNone, kTensor, kInt, kDouble, kBool, kComplex, kString, kIntList, kDoubleList, kTensorList, kDevice, kGenerator, kDefault
};

struct Value {
  int32_t kind;
  int32_t count;
  union { int64_t i; double d; const void* p; };
  double im;
};

// What a call answers with: 0, or why there is no result. The text is in last_error.
enum Status : int32_t { kOk, kFailed, kNullArgument, kBadArgument };

thread_local std::string last_error;
thread_local std::vector<Value> results;

struct BadArgument : std::runtime_error { using std::runtime_error::runtime_error; };
struct NullArgument : std::runtime_error { using std::runtime_error::runtime_error; };

template <class F>
int32_t guarded(F&& body) noexcept {
  try {
    body();
    return kOk;
  } catch (const NullArgument& e) {
    last_error = e.what();
    return kNullArgument;
  } catch (const BadArgument& e) {
    last_error = e.what();
    return kBadArgument;
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
    return kFailed;
  } catch (const std::exception& e) {
    last_error = e.what();
    return kFailed;
  } catch (...) {
    last_error = "unknown native exception";
    return kFailed;
  }
}

using Impl = c10::TensorImpl;
using ImplPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// A handle owns one reference. Borrowing takes another for the time of the call.
at::Tensor borrow(const void* p) {
  return p ? at::Tensor(ImplPtr::reclaim_copy(static_cast<Impl*>(const_cast<void*>(p)))) : at::Tensor();
}

void* give(at::Tensor t) {
  return t.defined() ? static_cast<void*>(t.unsafeReleaseIntrusivePtr().release()) : nullptr;
}

at::Generator generator(const void* p) { return p ? *static_cast<const at::Generator*>(p) : at::Generator(); }

c10::Device device(int64_t type, int64_t index) {
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

// ---- Arguments ------------------------------------------------------------------------------------------------

enum class Want : uint8_t { Tensor, Scalar, Int, Float, Bool, String, Device, Generator, Ints, Floats, Bools, Tensors, OptTensors, Other };

struct Parameter {
  Want want;
  bool optional;
  int32_t size;  // int[2] takes a single number for both
  bool has_default;
  c10::IValue fallback;
  std::string name;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
};

Want want_of(const c10::Type& type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType: return Want::Tensor;
    case c10::TypeKind::NumberType: return Want::Scalar;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Want::Int;
    case c10::TypeKind::FloatType: return Want::Float;
    case c10::TypeKind::BoolType: return Want::Bool;
    case c10::TypeKind::StringType: return Want::String;
    case c10::TypeKind::DeviceObjType: return Want::Device;
    case c10::TypeKind::GeneratorType: return Want::Generator;
    default: return Want::Other;
  }
}

Want want_list_of(const c10::Type& element) {
  if (element.kind() == c10::TypeKind::OptionalType) return Want::OptTensors;
  switch (want_of(element)) {
    case Want::Tensor: return Want::Tensors;
    case Want::Int: return Want::Ints;
    case Want::Float: return Want::Floats;
    case Want::Bool: return Want::Bools;
    default: return Want::Other;
  }
}

Parameter describe(const c10::Argument& argument) {
  Parameter parameter{Want::Other, false, 0, false, c10::IValue(), argument.name()};
  const c10::Type* type = argument.type().get();
  if (type->kind() == c10::TypeKind::OptionalType) {
    parameter.optional = true;
    type = static_cast<const c10::OptionalType*>(type)->getElementType().get();
  }
  if (type->kind() == c10::TypeKind::ListType) {
    parameter.want = want_list_of(*static_cast<const c10::ListType*>(type)->getElementType());
    if (argument.N()) parameter.size = *argument.N();
  } else {
    parameter.want = want_of(*type);
  }
  if (argument.default_value()) {
    parameter.has_default = true;
    parameter.fallback = *argument.default_value();
  }
  return parameter;
}

[[noreturn]] void mismatch(const Operator& op, const Parameter& parameter, const char* expected) {
  throw BadArgument("aten::" + op.name + ": argument '" + parameter.name + "' must be " + expected);
}

c10::IValue scalar(const Operator& op, const Parameter& parameter, const Value& value) {
  switch (value.kind) {
    case kInt: return value.i;
    case kDouble: return value.d;
    case kBool: return value.i != 0;
    case kComplex: return c10::complex<double>(value.d, value.im);
    default: mismatch(op, parameter, "a number");
  }
}

template <class T>
c10::IValue list(const Operator& op, const Parameter& parameter, const Value& value, Kind element) {
  c10::List<T> items;
  if (value.kind == kInt || value.kind == kDouble || value.kind == kBool) {
    T item = value.kind == kDouble ? static_cast<T>(value.d) : static_cast<T>(value.i);
    for (int32_t n = std::max(parameter.size, 1); n > 0; n--) items.push_back(item);
    return items;
  }
  if (value.kind == kIntList) {
    auto data = static_cast<const int64_t*>(value.p);
    items.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) items.push_back(static_cast<T>(data[i]));
    return items;
  }
  if (value.kind == kDoubleList && element == kDouble) {
    auto data = static_cast<const double*>(value.p);
    for (int32_t i = 0; i < value.count; i++) items.push_back(static_cast<T>(data[i]));
    return items;
  }
  mismatch(op, parameter, "a list of numbers");
}

c10::IValue tensors(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.kind != kTensorList) mismatch(op, parameter, "a list of tensors");
  auto data = static_cast<void* const*>(value.p);
  if (parameter.want == Want::OptTensors) {
    c10::List<Maybe<at::Tensor>> items;
    for (int32_t i = 0; i < value.count; i++)
      items.push_back(data[i] ? Maybe<at::Tensor>(borrow(data[i])) : Maybe<at::Tensor>());
    return items;
  }
  c10::List<at::Tensor> items;
  items.reserve(value.count);
  for (int32_t i = 0; i < value.count; i++) {
    if (!data[i]) throw NullArgument(parameter.name);
    items.push_back(borrow(data[i]));
  }
  return items;
}

c10::IValue convert(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.kind == kDefault && parameter.has_default) return parameter.fallback;
  if (value.kind == kNone || value.kind == kDefault) {
    if (parameter.optional || parameter.want == Want::Generator) return c10::IValue();
    throw NullArgument(parameter.name);
  }
  switch (parameter.want) {
    case Want::Tensor:
      if (value.kind != kTensor) mismatch(op, parameter, "a tensor");
      return borrow(value.p);
    case Want::Scalar: return scalar(op, parameter, value);
    case Want::Int:
      if (value.kind != kInt && value.kind != kBool) mismatch(op, parameter, "an integer");
      return value.i;
    case Want::Float:
      if (value.kind == kDouble) return value.d;
      if (value.kind == kInt) return static_cast<double>(value.i);
      mismatch(op, parameter, "a number");
    case Want::Bool:
      if (value.kind != kBool) mismatch(op, parameter, "a bool");
      return value.i != 0;
    case Want::String:
      if (value.kind != kString) mismatch(op, parameter, "a string");
      return std::string(static_cast<const char*>(value.p), value.count);
    case Want::Device:
      if (value.kind != kDevice) mismatch(op, parameter, "a device");
      return device(value.i, value.count);
    case Want::Generator:
      if (value.kind != kGenerator) mismatch(op, parameter, "a generator");
      return generator(value.p);
    case Want::Ints: return list<int64_t>(op, parameter, value, kInt);
    case Want::Floats: return list<double>(op, parameter, value, kDouble);
    case Want::Bools: return list<bool>(op, parameter, value, kBool);
    case Want::Tensors:
    case Want::OptTensors: return tensors(op, parameter, value);
    default: mismatch(op, parameter, "of a type that can be passed");
  }
}

void answer(const c10::IValue& value) {
  Value v{};
  if (value.isTensor()) {
    v.kind = kTensor;
    v.p = give(value.toTensor());
  } else if (value.isInt()) {
    v.kind = kInt;
    v.i = value.toInt();
  } else if (value.isDouble()) {
    v.kind = kDouble;
    v.d = value.toDouble();
  } else if (value.isBool()) {
    v.kind = kBool;
    v.i = value.toBool();
  } else if (value.isComplexDouble()) {
    v.kind = kComplex;
    v.d = value.toComplexDouble().real();
    v.im = value.toComplexDouble().imag();
  } else if (value.isTensorList()) {
    for (const at::Tensor& t : value.toTensorVector()) answer(t);
    return;
  } else if (value.isNone()) {
    v.kind = kNone;
  } else {
    throw std::runtime_error("an operator returned " + value.tagKind() + ", which has no managed form");
  }
  results.push_back(v);
}

void give_results(Value** out, int32_t* count) {
  *out = results.data();
  *count = static_cast<int32_t>(results.size());
}

void forget_results() {
  for (Value& v : results)
    if (v.kind == kTensor && v.p) ImplPtr::reclaim(static_cast<Impl*>(const_cast<void*>(v.p)));
  results.clear();
}

std::vector<at::Tensor> borrow_all(void* const* handles, int32_t count) {
  std::vector<at::Tensor> all;
  all.reserve(count);
  for (int32_t i = 0; i < count; i++) all.push_back(borrow(handles[i]));
  return all;
}

void answer_all(const std::vector<at::Tensor>& all, Value** out, int32_t* count) {
  for (const at::Tensor& t : all) answer(t);
  give_results(out, count);
}

std::vector<at::indexing::TensorIndex> indices_of(const Value* values, int32_t count) {
  using namespace at::indexing;
  std::vector<TensorIndex> indices;
  for (int32_t i = 0; i < count; i++) {
    const Value& v = values[i];
    switch (v.kind) {
      case kNone: indices.emplace_back(at::indexing::None); break;
      case kTensor: indices.emplace_back(borrow(v.p)); break;
      case kInt: indices.emplace_back(v.i); break;
      case kBool: indices.emplace_back(v.i != 0); break;
      case kString: indices.emplace_back(at::indexing::Ellipsis); break;
      case kIntList: {
        auto part = static_cast<const int64_t*>(v.p);  // has start, start, has stop, stop, has step, step
        auto bound = [&](int k) { return part[2 * k] ? Maybe<int64_t>(part[2 * k + 1]) : Maybe<int64_t>(); };
        indices.emplace_back(Slice(bound(0), bound(1), bound(2)));
        break;
      }
      default: throw BadArgument("an index must be a number, a range, a tensor, a bool, an ellipsis or null");
    }
  }
  return indices;
}

struct Info {
  int64_t elements;
  int64_t offset;
  int32_t dtype;
  int32_t dimensions;
  int32_t device_type;
  int32_t device_index;
};

}  // namespace

// ---- Operators ------------------------------------------------------------------------------------------------

EXPORT const char* ts_error() { return last_error.c_str(); }

EXPORT const char* ts_version() { return TORCH_VERSION; }

EXPORT int32_t ts_find(const char* name, const char* overload, void** out) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, overload});
    if (!handle)
      throw std::runtime_error(std::string("libtorch " TORCH_VERSION " has no operator aten::") + name + (*overload ? "." : "") + overload);
    auto op = std::make_unique<Operator>(Operator{*handle, name, {}});
    for (const auto& argument : handle->schema().arguments()) op->parameters.push_back(describe(argument));
    *out = op.release();
  });
}

EXPORT int32_t ts_call(const void* handle, const Value* values, int32_t count, Value** out, int32_t* out_count) {
  // Those of the call before are the caller's by now; a failure of this one must not free them.
  results.clear();
  auto status = guarded([&] {
    const Operator& op = *static_cast<const Operator*>(handle);
    if (static_cast<size_t>(count) > op.parameters.size()) throw BadArgument("aten::" + op.name + ": too many arguments");
    static const Value absent{kDefault, 0, {0}, 0};
    torch::jit::Stack stack;
    stack.reserve(op.parameters.size());
    for (size_t i = 0; i < op.parameters.size(); i++)
      stack.push_back(convert(op, op.parameters[i], i < static_cast<size_t>(count) ? values[i] : absent));
    op.handle.callBoxed(&stack);
    for (const auto& value : stack) answer(value);
    give_results(out, out_count);
  });
  if (status != kOk) forget_results();
  return status;
}

// ---- Tensors --------------------------------------------------------------------------------------------------

EXPORT void ts_free(void* handle) {
  if (handle) guarded([&] { ImplPtr::reclaim(static_cast<Impl*>(handle)); });
}

EXPORT int32_t ts_alias(const void* handle, void** out) {
  return guarded([&] { *out = give(borrow(handle)); });
}

EXPORT int32_t ts_info(const void* handle, Info* info) {
  return guarded([&] {
    auto t = borrow(handle);
    info->elements = t.numel();
    info->offset = t.layout() == at::kStrided ? t.storage_offset() : 0;
    info->dtype = static_cast<int32_t>(t.scalar_type());
    info->dimensions = static_cast<int32_t>(t.dim());
    info->device_type = static_cast<int32_t>(t.device().type());
    info->device_index = t.device().index();
  });
}

EXPORT int32_t ts_sizes(const void* handle, int64_t* sizes, int32_t count) {
  return guarded([&] {
    auto t = borrow(handle);
    auto all = t.sizes();
    for (int32_t i = 0; i < count && i < static_cast<int32_t>(all.size()); i++) sizes[i] = all[i];
  });
}

EXPORT int32_t ts_strides(const void* handle, int64_t* strides, int32_t count) {
  return guarded([&] {
    auto t = borrow(handle);
    auto all = t.strides();
    for (int32_t i = 0; i < count && i < static_cast<int32_t>(all.size()); i++) strides[i] = all[i];
  });
}

enum Question : int32_t { kRequiresGrad, kIsLeaf, kIsContiguous, kIsSparse, kIsInference, kIsConj, kIsNeg, kIsQuantized, kIsPinned };

EXPORT int32_t ts_ask(const void* handle, int32_t question, int32_t* out) {
  return guarded([&] {
    auto t = borrow(handle);
    switch (question) {
      case kRequiresGrad: *out = t.requires_grad(); break;
      case kIsLeaf: *out = t.is_leaf(); break;
      case kIsContiguous: *out = t.is_contiguous(); break;
      case kIsSparse: *out = t.is_sparse(); break;
      case kIsInference: *out = t.is_inference(); break;
      case kIsConj: *out = t.is_conj(); break;
      case kIsNeg: *out = t.is_neg(); break;
      case kIsQuantized: *out = t.is_quantized(); break;
      case kIsPinned: *out = t.is_pinned(); break;
      default: throw BadArgument("no such question");
    }
  });
}

// Where the first element lies, and how many bytes there are from there on.
EXPORT int32_t ts_data(const void* handle, void** out, int64_t* room) {
  return guarded([&] {
    auto t = borrow(handle);
    TORCH_CHECK(t.layout() == at::kStrided, "a sparse tensor has no single block of data");
    TORCH_CHECK(t.is_cpu() || t.is_cuda(), "the data of a ", t.device(), " tensor cannot be reached");
    *out = t.data_ptr();
    *room = static_cast<int64_t>(t.storage().nbytes()) - t.storage_offset() * static_cast<int64_t>(t.element_size());
  });
}

EXPORT int32_t ts_grad(const void* handle, void** out) {
  return guarded([&] { *out = give(borrow(handle).grad()); });
}

EXPORT int32_t ts_set_grad(const void* handle, const void* grad) {
  return guarded([&] {
    auto t = borrow(handle);
    auto g = borrow(grad);
    if (g.defined()) {
      TORCH_CHECK(g.sizes() == t.sizes(), "the gradient of a tensor of size ", t.sizes(), " cannot be of size ", g.sizes());
      TORCH_CHECK(g.scalar_type() == t.scalar_type(), "the gradient of a ", t.scalar_type(), " tensor cannot be ", g.scalar_type());
      TORCH_CHECK(g.device() == t.device(), "the gradient of a tensor on ", t.device(), " cannot be on ", g.device());
    }
    t.mutable_grad() = g;
  });
}

EXPORT int32_t ts_set_requires_grad(const void* handle, int32_t value) {
  return guarded([&] {
    auto t = borrow(handle);
    TORCH_CHECK(value || t.is_leaf(), "you can only change requires_grad flags of leaf variables.");
    t.requires_grad_(value != 0);
  });
}

EXPORT int32_t ts_retain_grad(const void* handle) {
  return guarded([&] { borrow(handle).retain_grad(); });
}

EXPORT int32_t ts_set_data(const void* handle, const void* source) {
  return guarded([&] { borrow(handle).set_data(borrow(source)); });
}

EXPORT int32_t ts_from_blob(
    void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, int32_t device_type, int32_t device_index,
    void (*release)(void*), void* context, void** out) {
  return guarded([&] {
    // Without a quantizer, which a block of memory does not have, the first look at its elements would be one at nothing.
    TORCH_CHECK(!at::isQIntType(static_cast<at::ScalarType>(dtype)), "a block of memory cannot hold quantized elements");
    auto options = at::TensorOptions(static_cast<at::ScalarType>(dtype)).device(device(device_type, device_index));
    *out = give(at::from_blob(data, {sizes, static_cast<size_t>(dimensions)}, [release, context](void*) { release(context); }, options));
  });
}

EXPORT int32_t ts_index(const void* handle, const Value* values, int32_t count, void** out) {
  return guarded([&] { *out = give(borrow(handle).index(indices_of(values, count))); });
}

EXPORT int32_t ts_index_put(const void* handle, const Value* values, int32_t count, const void* source) {
  return guarded([&] { borrow(handle).index_put_(indices_of(values, count), borrow(source)); });
}

// PyTorch's own format, as torch::save of one tensor writes it.
EXPORT int32_t ts_save(const void* handle, const char* path) {
  return guarded([&] {
    torch::serialize::OutputArchive archive;
    archive.write("0", borrow(handle));
    archive.save_to(std::string(path));
  });
}

EXPORT int32_t ts_load(const char* path, void** out) {
  return guarded([&] {
    torch::serialize::InputArchive archive;
    archive.load_from(std::string(path));
    at::Tensor loaded;
    archive.read("0", loaded);
    *out = give(loaded);
  });
}

// ---- Autograd -------------------------------------------------------------------------------------------------

EXPORT int32_t ts_backward(
    void* const* roots, int32_t count, void* const* grads, int32_t grad_count, void* const* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    torch::autograd::backward(
        borrow_all(roots, count), borrow_all(grads, grad_count), retain_graph != 0, create_graph != 0, borrow_all(inputs, input_count));
  });
}

EXPORT int32_t ts_gradients(
    void* const* roots, int32_t count, void* const* grads, int32_t grad_count, void* const* inputs, int32_t input_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Value** out, int32_t* out_count) {
  results.clear();
  return guarded([&] {
    answer_all(
        torch::autograd::grad(
            borrow_all(roots, count), borrow_all(inputs, input_count), borrow_all(grads, grad_count), retain_graph != 0, create_graph != 0,
            allow_unused != 0),
        out, out_count);
  });
}

EXPORT int32_t ts_grad_enabled() { return at::GradMode::is_enabled(); }
EXPORT void ts_set_grad_enabled(int32_t value) { at::GradMode::set_enabled(value != 0); }
EXPORT int32_t ts_inference_enabled() { return c10::InferenceMode::is_enabled(); }
EXPORT void* ts_inference_enter(int32_t value) { return new c10::InferenceMode(value != 0); }
EXPORT void ts_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- Random numbers -------------------------------------------------------------------------------------------

EXPORT int32_t ts_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, void** out) {
  return guarded([&] {
    at::Generator made;
    if (device_type == static_cast<int32_t>(c10::DeviceType::CPU)) {
      made = at::make_generator<at::CPUGeneratorImpl>(seed);
    } else {
      made = at::globalContext().defaultGenerator(device(device_type, device_index)).clone();
      made.set_current_seed(seed);
    }
    *out = new at::Generator(std::move(made));
  });
}

EXPORT int32_t ts_generator_default(int32_t device_type, int32_t device_index, void** out) {
  return guarded([&] { *out = new at::Generator(at::globalContext().defaultGenerator(device(device_type, device_index))); });
}

EXPORT void ts_generator_free(void* handle) { delete static_cast<at::Generator*>(handle); }

EXPORT int32_t ts_generator_seed(const void* handle, int32_t set, uint64_t seed, uint64_t* out) {
  return guarded([&] {
    auto g = generator(handle);
    std::lock_guard<std::mutex> lock(g.mutex());
    if (set == 1) g.set_current_seed(seed);
    *out = set == 2 ? g.seed() : g.current_seed();
  });
}

EXPORT int32_t ts_generator_get_state(const void* handle, void** out) {
  return guarded([&] {
    auto g = generator(handle);
    std::lock_guard<std::mutex> lock(g.mutex());
    *out = give(g.get_state());
  });
}

EXPORT int32_t ts_generator_set_state(const void* handle, const void* state) {
  return guarded([&] {
    auto g = generator(handle);
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_state(borrow(state));
  });
}

EXPORT int32_t ts_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

// ---- The rest -------------------------------------------------------------------------------------------------

EXPORT int32_t ts_threads() { return at::get_num_threads(); }
EXPORT int32_t ts_interop_threads() { return at::get_num_interop_threads(); }

EXPORT int32_t ts_set_threads(int32_t count) {
  return guarded([&] {
    at::set_num_threads(count);
    // OpenBLAS keeps a pool of its own, which libtorch does not know of.
    using set_t = void (*)(int);
    if (auto set = reinterpret_cast<set_t>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
  });
}

EXPORT int32_t ts_set_interop_threads(int32_t count) {
  return guarded([&] { at::set_num_interop_threads(count); });
}

EXPORT int32_t ts_cuda_devices() {
  int32_t count = 0;
  guarded([&] { if (at::globalContext().hasCUDA()) count = at::detail::getCUDAHooks().getNumGPUs(); });
  return count;
}

EXPORT int32_t ts_has_cudnn() {
  int32_t answer = 0;
  guarded([&] { answer = at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN(); });
  return answer;
}

EXPORT int32_t ts_cuda_synchronize(int32_t index) {
  return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index)); });
}

EXPORT int32_t ts_tf32(int32_t which, int32_t set) {
  auto& context = at::globalContext();
  if (set >= 0) {
    if (which == 0) context.setAllowTF32CuBLAS(set != 0);
    else context.setAllowTF32CuDNN(set != 0);
  }
  return which == 0 ? context.allowTF32CuBLAS() : context.allowTF32CuDNN();
}

EXPORT int32_t ts_default_dtype() { return static_cast<int32_t>(c10::get_default_dtype_as_scalartype()); }

EXPORT int32_t ts_set_default_dtype(int32_t dtype) {
  return guarded([&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))); });
}

EXPORT int32_t ts_promote(int32_t a, int32_t b, int32_t* out) {
  return guarded([&] { *out = static_cast<int32_t>(c10::promoteTypes(static_cast<at::ScalarType>(a), static_cast<at::ScalarType>(b))); });
}
