#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <string.h> // NOLINT(modernize-deprecated-headers): explicit_bzero is not in <cstring>

namespace oidcgen::util {

/// Overwrites the text, what was reserved behind it too, in a way that the compiler does not drop, and empties it.
inline void wipe(std::string& text) {
    text.resize(text.capacity());
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

/// For buffers that may hold a secret: memory is overwritten before it is given back, at every growth too.
template <class T>
struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U>& /*other*/) {} // NOLINT(*-explicit-*): what an allocator has to have

    [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* place, std::size_t count) {
        ::explicit_bzero(place, count * sizeof(T));
        std::allocator<T>().deallocate(place, count);
    }

    friend bool operator==(const WipingAllocator& /*left*/, const WipingAllocator& /*right*/) { return true; }
};

} // namespace oidcgen::util
