#pragma once

#include "document/document.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>

namespace oidcgen::rule {

/// Some settings of some documents.
class Settings {
  public:
    /// Adds the setting of a place; nothing when the place is nowhere.
    void add(const document::Place& place);
    /// Adds every setting of a document.
    void add_all(const document::Document& document) { m_settings[&document] = {""}; }

    /// True when the place is about one of them: about that setting itself, one that it is part of, or a part of it.
    [[nodiscard]] bool touch(const document::Place& place) const;

  private:
    std::map<const document::Document*, std::set<std::string, std::less<>>> m_settings; ///< pointers, RFC 6901
};

} // namespace oidcgen::rule
