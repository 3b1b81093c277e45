#pragma once

#include "document/document.hpp"
#include "lang/cel/cel.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oidcgen::providers::authelia {

/// Whether an attribute of a user is known, as far as the file says so.
enum class Attribute : std::uint8_t { known, unknown, cannot_tell };

/// The attributes of users that the rest of the configuration defines.
class Attributes {
  public:
    Attributes(const document::Cursor& root, bool is_whole);

    [[nodiscard]] Attribute find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> names() const;
    /// What an expression of definitions.user_attributes can refer to: no attribute that is defined there.
    [[nodiscard]] lang::cel::Environment environment() const;

  private:
    void define(std::string_view name);
    void add_extra(const document::Cursor& mapping);

    std::vector<std::string_view> m_defined;
    std::unordered_set<std::string_view> m_defined_names; ///< the same
    std::vector<lang::cel::Variable> m_extra;             ///< of the user backend
    std::vector<std::string_view> m_directory;            ///< mapped to an attribute of the directory
    bool m_has_directory = false;
    bool m_has_implementation = false; ///< of the directory, which maps attributes by itself
    bool m_is_whole = false;           ///< the user backend is in this file, or nowhere
    bool m_is_open = false;            ///< a part of the backend is filled in later
};

} // namespace oidcgen::providers::authelia
