#include "lint/precedence.hpp"

#include "document/excerpt.hpp"

#include <utility>

namespace oidcgen::lint {

namespace {

using rule::Consequence;
using rule::Finding;

/// A hint about a value says less than why the login fails because of it.
bool is_hint(const rule::Rule& rule, Consequence consequence) {
    return !rule.is_told_always && (consequence == Consequence::risk || consequence == Consequence::advice);
}

bool is_refusal(Consequence consequence) {
    return consequence == Consequence::provider_refuses || consequence == Consequence::app_refuses;
}

Setting setting_at(const document::Place& place) { return {place.document, place.document->pointer(place.path)}; }

bool is_said_by_system(Consequence consequence) {
    return is_refusal(consequence) || consequence == Consequence::provider_warns ||
           consequence == Consequence::app_warns;
}

/// What follows from misspelt keys.
void silence_consequences(std::vector<Finding>& findings) {
    std::map<Setting, document::Place> misspelt;
    for (const auto& it : findings) {
        if (it.meant) {
            const auto [key, is_new] = misspelt.try_emplace(setting_at(*it.meant), it.place);
            if (!is_new && it.place.span.start < key->second.span.start) {
                key->second = it.place;
            }
        }
    }
    if (misspelt.empty()) {
        return;
    }
    std::erase_if(findings, [&](Finding& it) {
        if (it.place.kind != document::PlaceKind::missing || !it.stops.empty()) {
            return false;
        }
        const auto key = misspelt.find(setting_at(it.place));
        if (key == misspelt.end()) {
            return false;
        }
        if (is_said_by_system(it.consequence)) {
            it.notes.push_back({"this key is probably the misspelt one", key->second});
            it.help = "correct the name of that key";
            return false;
        }
        return true;
    });
}

} // namespace

Told::Told(const rule::Findings& findings, std::span<const document::Document* const> cut) {
    for (const auto* const document : cut) {
        m_doubtful.add_all(*document);
    }
    for (const auto& it : findings.findings) {
        if (is_refusal(it.consequence)) {
            const bool is_unreadable = it.place && it.place.document->fatal() != nullptr;
            is_unreadable ? m_doubtful.add_all(*it.place.document) : m_doubtful.add(it.place);
            if (it.meant) {
                m_doubtful.add(*it.meant);
            }
        }
        if (it.meant) {
            m_misspelt.try_emplace(setting_at(*it.meant), it.rule);
        }
        if (it.stops.empty()) {
            add(*it.rule, it.place.document, it.place.span, it.consequence);
        }
    }
    for (const auto& it : findings.dropped) {
        if (is_refusal(it.consequence) && it.document != nullptr) {
            m_doubtful.add_all(*it.document); // so many faults: most of the file is to be written anew
        }
        add(*it.rule, it.document, it.span, it.consequence);
    }
}

void Told::add(const rule::Rule& rule, const document::Document* document, document::Span span,
               Consequence consequence) {
    if (consequence == Consequence::login_fails) {
        auto& speaker = m_speakers[{document, span.start, span.end}];
        // Several can speak: always the same one, in whatever order they were found.
        speaker = speaker == nullptr || rule.code < speaker->code ? &rule : speaker;
    }
    if (!rule.explains.empty()) {
        m_explaining.try_emplace({document, span.start, span.end}, &rule);
    }
    if (is_refusal(consequence)) {
        m_refusals[document].insert(rule.name);
    }
}

const rule::Rule* Told::speaker_for(const Finding& finding) const {
    const auto& place = finding.place;
    const auto misspelt = [&](const document::Place& at) -> const rule::Rule* {
        if (at.kind != document::PlaceKind::missing || m_misspelt.empty()) {
            return nullptr;
        }
        const auto found = m_misspelt.find(setting_at(at));
        return found == m_misspelt.end() ? nullptr : found->second;
    };
    if (const auto* const cause = misspelt(place)) {
        return cause;
    }
    const auto explains = [&](const document::Place& at) -> const rule::Rule* {
        const auto found = m_explaining.find({at.document, at.span.start, at.span.end});
        return found != m_explaining.end() && found->second->explains == finding.rule->name ? found->second : nullptr;
    };
    for (const auto& note : finding.notes) { // what was compared with the value at the place
        if (const auto* const cause = explains(note.place)) {
            return cause;
        }
        if (const auto* const cause = misspelt(note.place)) {
            return cause;
        }
    }
    const auto* const speaker = speaker_at(place);
    return speaker == nullptr ? explains(place) : speaker;
}

const rule::Rule* Told::speaker_at(const document::Place& place) const {
    const auto found = m_speakers.find({place.document, place.span.start, place.span.end});
    return found == m_speakers.end() ? nullptr : found->second;
}

std::vector<std::string> Told::refusals(const document::Document& document) const {
    std::set<std::string> result;
    // What a text stands within has to be read before it.
    for (const auto* at = &document; at != nullptr; at = at->excerpt() == nullptr ? nullptr : at->excerpt()->outer) {
        if (const auto found = m_refusals.find(at); found != m_refusals.end()) {
            result.insert(found->second.begin(), found->second.end());
        }
    }
    return {result.begin(), result.end()};
}

void raise_speakers(std::vector<Finding>& findings, const std::vector<Finding>& spoken_for) {
    if (spoken_for.empty()) {
        return;
    }
    std::set<Setting> settings;
    std::set<std::tuple<const document::Document*, std::uint32_t, std::uint32_t>> values;
    const auto add = [&](const document::Place& place) {
        if (place) {
            settings.insert(setting_at(place));
            values.emplace(place.document, place.span.start, place.span.end);
        }
    };
    for (const auto& obstacle : spoken_for) {
        add(obstacle.place);
        for (const auto& note : obstacle.notes) {
            add(note.place);
        }
    }
    for (auto& it : findings) {
        const bool speaks = (it.meant && settings.contains(setting_at(*it.meant))) ||
                            values.contains({it.place.document, it.place.span.start, it.place.span.end});
        if (speaks && (it.meant || !it.rule->explains.empty()) && it.rule->also.holds(Consequence::login_fails) &&
            it.severity() != rule::Severity::error) {
            set_consequence(it, Consequence::login_fails);
        }
    }
}

void silence(std::vector<Finding>& findings, std::vector<rule::Dropped>& dropped) {
    using Value = std::tuple<const document::Document*, std::uint32_t, std::uint32_t>;
    silence_consequences(findings);
    std::set<Value> told;
    for (const auto& it : findings) {
        if (it.consequence == Consequence::login_fails && !it.stops.empty()) {
            told.emplace(it.place.document, it.place.span.start, it.place.span.end);
        }
    }
    std::erase_if(findings, [&](const Finding& it) {
        return is_hint(*it.rule, it.consequence) &&
               told.contains({it.place.document, it.place.span.start, it.place.span.end});
    });
    std::erase_if(dropped, [&](const rule::Dropped& it) {
        return is_hint(*it.rule, it.consequence) && told.contains({it.document, it.span.start, it.span.end});
    });
}

} // namespace oidcgen::lint
