#pragma once

#include <cstddef>
#include <string_view>

namespace oidcgen::secret {

/// A value that must not leak: held in memory that is locked where the system allows it and wiped when it goes. Move-only,
/// no formatter, compared in constant time only.
class Secret {
  public:
    Secret() = default;
    /// Takes a copy of the bytes; wiping the original is the caller's business.
    explicit Secret(std::string_view bytes);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    /// The bytes themselves, valid as long as this object. Call it only where the value is used, never to keep it.
    [[nodiscard]] std::string_view reveal() const { return {m_data, m_size}; }
    /// Time depends on the lengths alone.
    [[nodiscard]] bool equals(std::string_view bytes) const;

  private:
    char* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace oidcgen::secret
