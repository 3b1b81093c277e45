#pragma once

#include "document/document.hpp"
#include "oidc/system.hpp"
#include "providers/authentik/models.hpp"
#include "providers/authentik/release.hpp"
#include "providers/authentik/value.hpp"
#include "rule/findings.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oidcgen::providers::authentik {

/// What an entry makes.
struct Object {
    std::string_view model;       ///< as the table has it, or as it stands there
    const Model* table = nullptr; ///< null: its fields are not known
    std::string_view id{};        ///< for `!KeyOf`; empty: none
    Value fields{};               ///< a map: attributes and identifiers of all entries about it
    document::Cursor entry{};     ///< the last of them
    document::Cursor attributes{};
    bool is_deleted = false;

    [[nodiscard]] const Value* find(std::string_view name) const { return fields.find(name); }
    /// The place of a field, or where it belongs.
    [[nodiscard]] document::Place place_of(std::string_view name) const;
};

/// What a release makes of a blueprint, entry by entry, and what it refuses: authentik/blueprints/v1/importer.py,
/// common.py. It is applied to an installation with the objects that every one has.
class Import {
  public:
    Import(const document::Document& document, const oidc::InspectOptions& options, rule::Findings& findings);

    void run();
    [[nodiscard]] const std::deque<Object>& objects() const { return m_objects; }
    [[nodiscard]] const Release& release() const { return m_release; }
    /// True when an entry may make more objects than are known: one whose model or condition is not known.
    [[nodiscard]] bool is_open() const { return m_is_open; }

  private:
    enum class State : std::uint8_t { present, created, must_created, absent, unknown };

    // blueprint.cpp: the file as a whole.
    bool check_file();
    bool check_metadata(const document::Cursor& at);
    bool check_entry(const document::Cursor& entry);
    bool refuse_file(const document::Place& place, util::Words message, util::Words help);
    [[nodiscard]] std::vector<document::Cursor> entries() const;

    // tags.cpp: values.
    [[nodiscard]] Value resolve(const document::Cursor& at);
    [[nodiscard]] Value resolve_tag(const document::Cursor& at, std::string_view tag);
    [[nodiscard]] Value plain(const document::Cursor& at) const;
    [[nodiscard]] Value unknown(const document::Cursor& at, rule::Doubt why = rule::Doubt::placeholder);
    [[nodiscard]] Value text_value(const document::Cursor& at, std::string text) const;
    [[nodiscard]] Value key_of(const document::Cursor& at);
    [[nodiscard]] Value find(const document::Cursor& at);
    [[nodiscard]] Value variable(const document::Cursor& at);
    [[nodiscard]] Value context(const document::Cursor& at);
    [[nodiscard]] Value format(const document::Cursor& at);
    [[nodiscard]] Value choose(const document::Cursor& at);
    [[nodiscard]] Value condition(const document::Cursor& at);
    [[nodiscard]] Value enumerate(const document::Cursor& at);
    [[nodiscard]] Value loop_value(const document::Cursor& at, bool is_index);
    [[nodiscard]] Value at_index(const document::Cursor& at);
    [[nodiscard]] Value parsed(const document::Cursor& at);
    [[nodiscard]] Value raised(const document::Cursor& at, util::Words message, util::Words help = {});
    bool check_tags();
    [[nodiscard]] Value found(const document::Cursor& at, std::string_view model,
                              const std::vector<std::pair<std::string_view, Value>>& conditions);

    // import.cpp: entries.
    void apply(const document::Cursor& entry);
    [[nodiscard]] State state_of(const document::Cursor& entry);
    [[nodiscard]] bool check_identifiers(const document::Cursor& entry, const Model* model, const Value& identifiers);
    [[nodiscard]] Object* existing(std::string_view model, const Value& identifiers);
    void check_unique(const Model& model, const Object* own, const Value& fields);
    void check_binding(const Object& object);
    void check_permissions(const document::Cursor& entry);

    // fields.cpp: what serializers refuse.
    enum class Partial : std::uint8_t { yes, no };
    void check_fields(const Object& object, const Value& fields, Partial partial);
    void check_field(const Object& object, const Field& field, const Value& value);
    void check_text(const Field& field, const Value& value);
    void check_choice(const Field& field, const Value& value);
    void check_reference(const Field& field, const Value& value);
    void check_redirect_uris(const Value& value);
    void check_expression(const Value& value);
    void invalid(const Value& value, util::Words message, util::Words help = {});

    /// Adds a finding, once for each rule and place.
    void add(const rule::Rule& rule, util::Words message, const document::Place& place, util::Words help = {});

    struct Loop {
        Value index;
        Value value;
    };

    const document::Document& m_document;
    const oidc::InspectOptions& m_options;
    rule::Findings& m_findings;
    Release m_release;
    std::deque<Object> m_objects;
    std::vector<Loop> m_loops;
    std::set<std::pair<const rule::Rule*, std::uint32_t>> m_told;
    std::set<std::uint32_t> m_doubted;
    std::set<document::NodeId> m_unusable; ///< tags whose arguments are missing
    std::vector<rule::Finding> m_nulls;    ///< about what is not found, unless null is refused there anyway
    std::size_t m_budget = 400'000;        ///< values that may still be made
    std::size_t m_depth = 0;               ///< of `!Context` within `!Context`
    bool m_is_open = false;
};

} // namespace oidcgen::providers::authentik
