#pragma once

#include "document/document.hpp"
#include "document/fillings.hpp"
#include "util/error.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::lint {

/// Values for placeholders, from options and files. What is added later wins over what was added before.
class Supply {
  public:
    /// A file of environment variables (document::read_env). `$X` and `${X}` in a value stand for variables of earlier
    /// lines and files, unless the value is in single quotes or looks like a digest; of a name that has no value they
    /// stay as they are.
    [[nodiscard]] util::Expected<void> add_env(std::string path, std::string text);
    /// A values file of Helm: YAML, whose scalars are `.Values.a.b`.
    [[nodiscard]] util::Expected<void> add_values(std::string path, std::string text);
    /// `NAME=VALUE`, for what is not a secret.
    [[nodiscard]] util::Expected<void> define(std::string_view definition);

    /// What the document asks for and this machine has: `secret "/path"` and `fileContent "/path"` are the content of
    /// that file, without line breaks at its end for a secret; variables those of the environment. What cannot be read,
    /// or has more than 65536 bytes, stays a placeholder.
    void resolve(const document::Document& document);

    [[nodiscard]] const document::Fillings& fillings() const { return m_fillings; }
    /// The names given by define(), in their order.
    [[nodiscard]] const std::vector<std::string>& defined() const { return m_defined; }

  private:
    void resolve_file(std::string_view name, std::string_view path, bool is_secret);
    void resolve_variable(std::string_view name);
    [[nodiscard]] std::string expanded(std::string_view value) const;
    /// False when the text is too long, by itself or with all that was added before.
    [[nodiscard]] bool add(document::Filling filling);

    document::Fillings m_fillings;
    std::vector<std::unique_ptr<document::Document>> m_documents;
    std::vector<std::string> m_defined;
    std::size_t m_room = 64U << 20U; ///< bytes of all values
};

/// A name given by define() that no file asks for.
struct Unused {
    std::string name;
    util::Words suggestion; ///< a name that files ask for and nothing fills; may be empty
};

/// The names of the supply that none of the documents asks for.
[[nodiscard]] std::vector<Unused> unused_definitions(const Supply& supply,
                                                     const std::vector<std::unique_ptr<document::Document>>& documents);

/// Why the definitions cannot be taken: one of them fills a secret of the document. Empty when none does.
[[nodiscard]] util::Words misplaced_definition(const document::Document& document);

/// The secrets from files that fill other settings than secrets in the document. Views that live as long as the supply.
void add_supplied_secrets(const document::Document& document, std::vector<std::string_view>& secrets);

/// The places of values that fill secrets of the document: what is there is a secret, whatever it is called.
void add_secret_places(const document::Document& document, std::vector<document::Place>& places);

/// Where the values came from that were filled in at that place; at most a few.
[[nodiscard]] std::vector<const document::Filling*> sources_of(const document::Place& place);

} // namespace oidcgen::lint
