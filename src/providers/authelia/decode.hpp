#pragma once

#include "document/placeholder.hpp"
#include "oidc/system.hpp"
#include "providers/authelia/release.hpp"
#include "providers/authelia/settings.hpp"
#include "rule/findings.hpp"
#include "util/words.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oidcgen::providers::authelia {

/// What a value is, for people: `a list`, `a number`.
[[nodiscard]] std::string_view kind_of(const document::Cursor& at);

/// Turns nodes into settings as Authelia's decoder does, and finds what that refuses. A refused value is unknown.
class Decoder {
  public:
    Decoder(const oidc::InspectOptions& options, rule::Findings& findings);

    [[nodiscard]] const Release& release() const { return m_release; }
    [[nodiscard]] bool is_literal() const { return m_literal; }
    /// Template actions of this file are text like any other, because no filter fills them in.
    void take_actions_as_text() { m_has_plain_actions = true; }
    /// The client that findings are about from here on; empty: none.
    void set_client(std::string_view client) { m_client = client; }

    void read(TextSetting& setting, const document::Cursor& at);
    void read(SwitchSetting& setting, const document::Cursor& at);
    void read(Setting<std::int64_t>& setting, const document::Cursor& at);
    /// Split at commas when it is one text.
    void read(ListSetting& setting, const document::Cursor& at);
    /// One text is one address, whatever is in it.
    void read_uris(ListSetting& setting, const document::Cursor& at);
    void read(AddressSetting& setting, const document::Cursor& at);
    void read(AddressListSetting& setting, const document::Cursor& at);
    void read(SecretSetting& setting, const document::Cursor& at);
    /// A secret that is a text like any other.
    void read_secret_text(TextSetting& setting, const document::Cursor& at);
    /// Sets whether there is one.
    void read_duration(SwitchSetting& setting, const document::Cursor& at);
    /// The key of an entry of `jwks`.
    void read(KeySetting& setting, const document::Cursor& at);
    /// A private RSA key or nothing.
    void read_rsa_key(KeySetting& setting, const document::Cursor& at);
    void read(Setting<Chain>& setting, const document::Cursor& at);
    void read_subjects(PolicyRule& rule, const document::Cursor& at);
    /// `names` are networks defined elsewhere in the configuration.
    void read_networks(PolicyRule& rule, const document::Cursor& at, const std::unordered_set<std::string_view>& names);

    /// The members of a mapping that Authelia decodes into a structure; none for null. Anything else is refused.
    [[nodiscard]] std::vector<document::Cursor> members(const document::Cursor& at);
    /// The items of a list of structures: those of a list, or the one mapping in place of a list.
    /// Null items and mappings only; others are refused. `is_unknown` when the value is filled in later.
    [[nodiscard]] std::vector<document::Cursor> structures(const document::Cursor& at, bool& is_unknown);
    /// The members of a mapping by name chosen by the user; those of every mapping in a list of mappings.
    [[nodiscard]] std::vector<document::Cursor> named(const document::Cursor& at);

    /// A text that is filled in later; takes note that it is not checked.
    [[nodiscard]] bool is_placeholder(const document::Cursor& at, document::PlaceholderUse use);

  private:
    enum class Split : std::uint8_t { at_commas, never };
    /// The kinds of values that the decoder tells apart: a structure is a mapping or a date, a scalar a switch
    /// or a number.
    enum class Kind : std::uint8_t { placeholder, null, structure, text, scalar, other };

    /// How a scalar becomes a value of another type, and what is said of one that cannot.
    template <class T>
    struct Conversion {
        std::optional<T> (*convert)(const document::Scalar&);
        std::string_view wanted;
        const rule::Rule& rule;
        std::string_view fault;
        std::string_view help;
    };

    [[nodiscard]] Kind kind_at(const document::Cursor& at, document::PlaceholderUse use);
    /// What a secret, key or chain is read from; notes where it is, and that a placeholder is not known.
    template <class T>
    [[nodiscard]] Kind start(Setting<T>& setting, document::Cursor& at);
    /// Where the secret itself is: in values of a chart a mapping may hold it. Nothing when it is elsewhere.
    [[nodiscard]] std::optional<document::Cursor> held(const document::Cursor& at) const;
    /// True for a placeholder, and for what cannot be a switch or number, which is then refused as not `wanted`.
    bool is_unreadable(const document::Cursor& at, std::string_view wanted);
    template <class T>
    void read_scalar(Setting<T>& setting, const document::Cursor& at, const Conversion<T>& conversion);
    void refuse(const rule::Rule& rule, const document::Cursor& at, util::Words message, util::Words help = {});
    void refuse_type(const document::Cursor& at, std::string_view wanted);
    [[nodiscard]] std::string_view text_of(const document::Cursor& at, const document::Scalar& scalar);
    [[nodiscard]] Item item_of(const document::Cursor& at, document::PlaceholderUse use);
    void read_list(ListSetting& setting, const document::Cursor& at, Split split);
    [[nodiscard]] std::vector<Item> split_items(std::string_view text, const document::Cursor& at) const;
    [[nodiscard]] bool read_address(Address& address, const document::Cursor& at);

    Release m_release;
    std::int64_t m_now = 0;
    bool m_literal = false;
    bool m_has_plain_actions = false;
    std::optional<oidc::Filters> m_filters;
    oidc::Form m_form = oidc::Form::settings;
    rule::Findings& m_findings;
    std::string_view m_client;
};

} // namespace oidcgen::providers::authelia
