#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace oidcgen::secret {

/// A value that must not leak: in pages of its own that are locked and kept out of core dumps where the system allows
/// it, and wiped when it goes. Move-only, no formatter, compared in constant time only.
class Secret {
  public:
    Secret() = default;
    /// Takes a copy of the bytes; wiping the original is the caller's business. Throws std::bad_alloc.
    explicit Secret(std::string_view bytes);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    /// `size` zero bytes, to be filled through bytes(). Throws std::bad_alloc.
    [[nodiscard]] static Secret of_size(std::size_t size);
    /// For filling in; valid as long as this object.
    [[nodiscard]] std::span<char> bytes() { return {m_data, m_size}; }
    /// Wipes what comes after the first `size` bytes; `size` is at most size().
    void shorten(std::size_t size);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    /// The bytes themselves, valid as long as this object. Call it only where the value is used, never to keep it.
    [[nodiscard]] std::string_view reveal() const { return {m_data, m_size}; }
    /// Time depends on the lengths alone.
    [[nodiscard]] bool equals(std::string_view bytes) const;

  private:
    void release() noexcept;

    char* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_mapped = 0; // bytes, whole pages; m_size shrinks, this does not
};

} // namespace oidcgen::secret
