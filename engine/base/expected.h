// Expected<T, E> is a value or the reason why there is none. One alias, so that moving to
// std::expected is one edit.
#pragma once

#include <tl/expected.hpp>

namespace sieve {

template <class T, class E>
using Expected = tl::expected<T, E>;

template <class E>
using Unexpected = tl::unexpected<E>;

}  // namespace sieve
