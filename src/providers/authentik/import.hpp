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
#include <functional>
#include <map>
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
    std::size_t number = 0; ///< among the objects

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
    /// The application that has the provider, the last of several; null when no entry makes one.
    [[nodiscard]] const Object* application_of(const Object& provider) const;
    /// Bindings that decide who may use the application, and are not switched off.
    [[nodiscard]] std::vector<const Object*> bindings_of(const Object& application) const;
    /// True when an application has a provider that is not known.
    [[nodiscard]] bool has_open_application() const { return m_has_open_application; }
    /// True when a binding may have any target.
    [[nodiscard]] bool has_open_binding() const { return m_has_open_binding; }
    [[nodiscard]] bool makes_application() const { return m_makes_application; }
    /// True for a mapping that a provider uses.
    [[nodiscard]] bool is_used(const Object& mapping) const { return m_used.contains(&mapping); }
    /// Values of `context` that secrets refer to with `!Context`.
    [[nodiscard]] std::vector<document::Place> secrets() const;

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
    [[nodiscard]] document::Cursor in_context(std::string_view name) const;
    [[nodiscard]] Value format(const document::Cursor& at);
    [[nodiscard]] Value choose(const document::Cursor& at);
    [[nodiscard]] Value condition(const document::Cursor& at);
    [[nodiscard]] Value enumerate(const document::Cursor& at);
    [[nodiscard]] Value loop_value(const document::Cursor& at, bool is_index);
    [[nodiscard]] Value at_index(const document::Cursor& at);
    [[nodiscard]] Value parsed(const document::Cursor& at);
    void add_secrets(const document::Cursor& at, bool is_secret, std::set<std::string_view>& names,
                     std::size_t& budget) const;
    [[nodiscard]] Value raised(const document::Cursor& at, util::Words message, util::Words help = {});
    bool check_tags();
    [[nodiscard]] Value found(const document::Cursor& at, std::string_view model, const Members& conditions);

    // import.cpp: entries.
    void apply(const document::Cursor& entry);
    void connect();
    [[nodiscard]] State state_of(const document::Cursor& entry);
    [[nodiscard]] bool check_identifiers(const document::Cursor& entry, const Model* model, const Value& identifiers);
    /// The first object whose fields are these; null when there is none.
    [[nodiscard]] Object* existing(std::string_view model, const Members& members);
    Object& add_object(Object object);
    /// Fields that were written last; what they hold was added.
    void update(Object& object, Members members);
    void rename(Object& object, std::string_view id);
    void add_to_index(const Object& object, const Members& members);
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
    std::map<std::string_view, document::Cursor> m_context; ///< values of the file's own context, by name
    std::deque<Object> m_objects;
    std::map<std::string, std::vector<std::size_t>, std::less<>> m_index; ///< objects by a field and its value
    std::map<std::string_view, std::size_t> m_ids;                        ///< the first object of each
    std::vector<Loop> m_loops;
    std::set<std::pair<const rule::Rule*, std::uint32_t>> m_told;
    std::set<std::uint32_t> m_doubted;
    std::set<document::NodeId> m_unusable; ///< tags whose arguments are missing
    std::vector<rule::Finding> m_nulls;    ///< about what is not found, unless null is refused there anyway
    std::size_t m_budget = 400'000;        ///< values that may still be made
    std::size_t m_depth = 0;               ///< of `!Context` within `!Context`
    bool m_is_open = false;
    std::map<const Object*, const Object*> m_applications;          ///< by provider
    std::map<const Object*, std::vector<const Object*>> m_bindings; ///< by application
    std::set<const Object*> m_used;                                 ///< mappings
    bool m_has_open_application = false;
    bool m_has_open_binding = false;
    bool m_makes_application = false;
};

} // namespace oidcgen::providers::authentik
