#include "report/capped.hpp"
#include "report/diagnosis.hpp"
#include "report/formats.hpp"
#include "report/placeholders.hpp"
#include "report/redact.hpp"

#include "document/excerpt.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <nlohmann/json.hpp>

namespace oidcgen::report {

namespace {

using nlohmann::ordered_json;

ordered_json position(const document::Position& position, std::size_t offset) {
    return {{"line", position.line}, {"column", position.column}, {"offset", offset}};
}

/// Adds path, pointer, start and end; null where a finding stands in no file.
void add_place(ordered_json& target, const std::optional<ShownPlace>& place) {
    target["path"] = place ? ordered_json(place->path) : ordered_json();
    target["pointer"] = place ? ordered_json(place->pointer) : ordered_json();
    target["start"] = place ? position(place->start, place->start_offset) : ordered_json();
    target["end"] = place ? position(place->end, place->end_offset) : ordered_json();
}

/// Where in the file the text stands: pointers from outside in, and which document of a stream.
void add_embedding(ordered_json& target, const File& file, Redactors& redactors) {
    std::vector<std::string> within;
    std::size_t number = 0;
    for (const auto* document = file.document; document != nullptr && document->excerpt() != nullptr;) {
        const auto& excerpt = *document->excerpt();
        if (excerpt.is_merged) {
            break;
        }
        if (excerpt.number == 0) {
            within.push_back(redactors.of(*excerpt.outer).shown_pointer(excerpt.path));
        } else if (number == 0) {
            number = excerpt.number;
        }
        document = excerpt.outer;
    }
    if (!within.empty()) {
        std::ranges::reverse(within);
        target["within"] = within;
    }
    if (number > 1) {
        target["document"] = number;
    }
}

/// Who says that a finding does not count, and why.
ordered_json suppression(const ShownFinding& it) {
    ordered_json result;
    result["by"] = it.finding->suppressed->is_in_source ? "comment" : "project";
    result["reason"] = it.reason.empty() ? ordered_json() : ordered_json(it.reason);
    if (const auto& place = it.suppressed_at) {
        result["path"] = place->path;
        result["start"] = position(place->start, place->start_offset);
        result["end"] = position(place->end, place->end_offset);
    }
    return result;
}

ordered_json written(const ShownFinding& it) {
    const auto& finding = *it.finding;
    ordered_json result;
    result["code"] = finding.rule->code;
    result["name"] = finding.rule->name;
    result["severity"] = it.severity();
    result["consequence"] = to_string(finding.consequence);
    result["message"] = it.message;
    add_place(result, it.place);
    result["client"] = finding.client.empty() ? ordered_json() : ordered_json(finding.client);
    result["notes"] = ordered_json::array();
    for (const auto& note : it.notes) {
        ordered_json entry{{"message", note.message}};
        add_place(entry, note.place);
        result["notes"].push_back(std::move(entry));
    }
    result["help"] = it.help.empty() ? ordered_json() : ordered_json(it.help);
    result["url"] = finding.rule->sources.empty() ? ordered_json() : ordered_json(finding.rule->sources.front());
    result["fix"] = nullptr;
    result["suppressed"] = it.is_suppressed() ? suppression(it) : ordered_json();
    return result;
}

ordered_json written(const Login& login, Redactors& redactors) {
    ordered_json result;
    result["client"] = login.client;
    result["provider"] = login.provider.empty() ? ordered_json() : ordered_json(login.provider);
    result["app"] = login.app.empty() ? ordered_json() : ordered_json(login.app);
    result["address"] = login.address;
    const auto from = to_string(login.address_from);
    result["address_from"] = from.empty() ? ordered_json() : ordered_json(from);
    result["device"] = login.device;
    result["outcome"] = to_string(login.outcome);
    result["stage"] = login.stage ? ordered_json(to_string(*login.stage)) : ordered_json();
    result["because"] = login.because;
    result["then"] = ordered_json::array();
    for (const auto& further : login.then) {
        result["then"].push_back(further.name);
    }
    result["concerned"] = login.concerned.empty() ? ordered_json() : ordered_json(login.concerned);
    result["lost"] = ordered_json::array();
    for (const auto lost : login.lost) {
        result["lost"].push_back(lost);
    }
    result["assumes"] = ordered_json::array();
    for (const auto assumption : login.assumes) {
        result["assumes"].push_back(to_string(assumption));
    }
    if (!login.trace.empty()) {
        result["trace"] = ordered_json::array();
        for (const auto& step : login.trace) {
            result["trace"].push_back(
                {{"stage", to_string(step.stage)}, {"text", redactors.shown(step.text, step.place).text()}});
        }
    }
    return result;
}

ordered_json written(const std::vector<Acceptance::Range>& ranges) {
    ordered_json result = ordered_json::array();
    for (const auto& range : ranges) {
        result.push_back({{"first", to_string(range.first)}, {"last", to_string(range.last)}});
    }
    return result;
}

ordered_json written(const Acceptance& acceptance, Presented& presented) {
    ordered_json result;
    result["path"] = acceptance.path;
    result["kind"] = acceptance.kind;
    if (!acceptance.is_whole) {
        result["whole"] = false;
    }
    result["accepted"] = written(acceptance.accepted);
    result["without_warning"] = written(acceptance.without_warning);
    result["changes"] = ordered_json::array();
    for (const auto& change : acceptance.changes) {
        ordered_json entry{{"since", to_string(change.since)}, {"before", change.before}, {"after", change.after}};
        add_place(entry, presented.shown(change.place));
        result["changes"].push_back(std::move(entry));
    }
    return result;
}

ordered_json written(const ToCheck& it, Redactors& redactors) {
    const auto shown = [&](const util::Words& words) { return redactors.shown(words).text(); };
    ordered_json result{{"provider", it.provider}, {"app", it.app}, {"client", it.client}};
    result["items"] = ordered_json::array();
    for (const auto& item : it.items) {
        ordered_json entry{{"name", item.name}, {"label", item.label}, {"values", ordered_json::array()}};
        for (const auto& value : item.values) {
            entry["values"].push_back(shown(util::bare(value)));
        }
        if (!item.about.empty()) {
            entry["about"] = item.about;
        }
        result["items"].push_back(std::move(entry));
    }
    return result;
}

/// Null where there is no file.
ordered_json path_or_null(std::string_view path) { return path.empty() ? ordered_json() : ordered_json(path); }

/// How many findings are not listed, by rule and file; nothing when all are.
void add_capped(ordered_json& target, const Report& report) {
    for (const auto& it : capped_rules(report)) {
        target["capped"].push_back(
            {{"path", path_or_null(it.path)}, {"code", it.rule->code}, {"name", it.rule->name}, {"more", it.more}});
    }
}

void add_doubts(ordered_json& target, const Report& report, Redactors& redactors) {
    const auto doubts = listed_doubts(report);
    target["not_checked"] = ordered_json::array();
    for (const auto* const it : doubts.listed) {
        const auto& place = it->place;
        ordered_json entry;
        entry["path"] = place ? ordered_json(place.document->source().name()) : ordered_json();
        entry["pointer"] =
            place ? ordered_json(redactors.of(*place.document).shown_pointer(place.path)) : ordered_json();
        entry["why"] = to_string(it->why);
        target["not_checked"].push_back(std::move(entry));
    }
    for (const auto& it : doubts.capped) {
        target["not_checked_capped"].push_back(
            {{"path", path_or_null(it.path)}, {"why", to_string(it.why)}, {"more", it.more}});
    }
}

/// What the files have to do with it.
std::string_view to_string(ShownBy shown_by) {
    switch (shown_by) {
    case ShownBy::rule:
        return "rule";
    case ShownBy::stage:
        return "stage";
    case ShownBy::nothing:
        return "nothing";
    case ShownBy::not_asked:
        break;
    }
    return {};
}

ordered_json text_or_null(std::string_view text) { return text.empty() ? ordered_json() : ordered_json(text); }

ordered_json written(const Story& story, Redactors& redactors, Presented* files) {
    ordered_json result;
    result["code"] = story.code;
    result["name"] = story.name;
    result["known"] = story.is_known;
    result["stage"] = story.stage ? ordered_json(to_string(*story.stage)) : ordered_json();
    result["message"] = redactors.shown(story.message).text();
    result["help"] = text_or_null(redactors.shown(story.help).text());
    result["client"] = text_or_null(redactors.shown(util::bare(story.client)).text());
    result["times"] = story.times;
    result["first"] = {{"line", story.lines.front().number}, {"time", text_or_null(story.first_time)}};
    result["last"] = {{"line", story.last_line}, {"time", text_or_null(story.last_time)}};
    result["lines"] = ordered_json::array();
    for (const auto& line : story.lines) {
        result["lines"].push_back({{"line", line.number}, {"says", line.text}, {"system", text_or_null(line.title)}});
    }
    result["shown_by"] = text_or_null(to_string(story.shown_by));
    result["findings"] = ordered_json::array();
    for (const auto* const finding : story.findings) {
        const auto& all = files->findings();
        const auto shown = std::ranges::find(all, finding, &ShownFinding::finding);
        if (shown != all.end()) {
            result["findings"].push_back(written(*shown));
        }
    }
    result["else"] = ordered_json::array();
    for (const auto& other : story.else_it) {
        result["else"].push_back(redactors.shown(other).text());
    }
    return result;
}

} // namespace

util::Shown to_json(const Diagnosis& diagnosis) {
    std::optional<Presented> files;
    if (diagnosis.files != nullptr) {
        files.emplace(*diagnosis.files);
    }
    Redactors none;
    auto& redactors = files ? files->redactors() : none;
    ordered_json result;
    result["format"] = "oidcgen-diagnose/1";
    result["log"] = text_or_null(diagnosis.log);
    result["lines"] = diagnosis.lines;
    result["cut"] = diagnosis.cut;
    result["reasons"] = ordered_json::array();
    for (const auto& story : diagnosis.stories) {
        result["reasons"].push_back(written(story, redactors, files ? &*files : nullptr));
    }
    result["more"] = diagnosis.more;
    if (!diagnosis.failure.empty()) {
        result["failure"] = redactors.shown(diagnosis.failure).text();
    }
    return util::Shown::rendered(
        util::escaped_in_json(result.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
}

util::Shown to_json(const Report& report) {
    Presented presented(report);
    return to_json(presented, {});
}

util::Shown to_json(Presented& presented, const Style& /*style*/) {
    const auto& report = presented.report();
    auto& redactors = presented.redactors();
    ordered_json result;
    result["format"] = "oidcgen-lint/1";
    result["targets"] = ordered_json::object();
    for (const auto& [system, version] : report.targets) {
        result["targets"][system] = version;
    }
    for (const auto& said : report.said_releases) {
        if (said.is_taken) {
            add_place(result["targets_from"][std::string(said.system->name)], presented.shown(said.place));
        }
    }
    if (!report.settings_file.empty()) {
        result["settings_file"] = report.settings_file;
    }
    if (report.looked_at) {
        result["looked_at"] = *report.looked_at;
    }
    std::map<const document::Document*, std::vector<const rule::NotChecked*>> placeholders;
    for (const auto& it : report.not_checked) {
        if (it.why == rule::Doubt::placeholder && it.place) {
            placeholders[it.place.document].push_back(&it);
        }
    }
    result["files"] = ordered_json::array();
    for (const auto& file : report.files) {
        ordered_json entry{{"path", file.path}, {"kind", file.kind.empty() ? ordered_json() : ordered_json(file.kind)}};
        add_embedding(entry, file, redactors);
        if (!file.language.empty()) {
            entry["language"] = file.language;
        }
        if (file.stop) {
            entry["unread_from"] = file.stop->line;
            if (file.stop->clients) {
                entry["clients_read"] = *file.stop->clients;
            }
        }
        if (const auto values = placeholders.find(file.document); values != placeholders.end()) {
            for (const auto& it : by_marks(values->second)) {
                entry["placeholders"].push_back(
                    {{"marks", it.marks.empty() ? ordered_json() : ordered_json(it.marks)}, {"values", it.values}});
            }
        }
        result["files"].push_back(std::move(entry));
    }
    result["findings"] = ordered_json::array();
    for (const auto& finding : presented.findings()) {
        result["findings"].push_back(written(finding));
    }
    add_capped(result, report);
    result["logins"] = ordered_json::array();
    for (const auto& login : report.logins) {
        result["logins"].push_back(written(login, redactors));
    }
    for (const auto& it : report.to_check) {
        result["to_check"].push_back(written(it, redactors));
    }
    if (!report.acceptances.empty()) {
        result["versions"] = ordered_json::array();
        for (const auto& acceptance : report.acceptances) {
            result["versions"].push_back(written(acceptance, presented));
        }
    }
    if (!report.checked_as.empty()) {
        result["checked_as"] = ordered_json::object();
        for (const auto& [system, release] : report.checked_as) {
            result["checked_as"][system] = to_string(release.used);
        }
    }
    add_doubts(result, report, redactors);
    result["summary"] = {{"error", report.count(rule::Severity::error)},
                         {"warning", report.count(rule::Severity::warning)},
                         {"note", report.count(rule::Severity::note)}};
    if (presented.wishes().has_statistics) {
        result["statistics"] = ordered_json::array();
        for (const auto& it : presented.statistics()) {
            result["statistics"].push_back({{"code", it.rule->code},
                                            {"name", it.rule->name},
                                            {"severity", to_string(it.severity)},
                                            {"count", it.count}});
        }
    }
    if (!report.failure.empty()) {
        result["failure"] = redactors.shown(report.failure).text();
    }
    // Paths and quoted text may hold bytes that are no UTF-8.
    return util::Shown::rendered(
        util::escaped_in_json(result.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"));
}

} // namespace oidcgen::report
