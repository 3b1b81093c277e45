#include "oidc/advice.hpp"

#include "util/ascii.hpp"
#include "util/text.hpp"

#include <utility>

namespace oidcgen::oidc {

namespace {

/// What a missing setting is added to, in words: the last name in front of its own, or the client that is an item of
/// a list.
util::Words holder_name(const document::Place& place) {
    const auto steps = document::steps_of(place.document->pointer(place.path));
    if (steps.size() < 3) { // the first one stands for the root
        return "the file";
    }
    const auto& holder = steps[steps.size() - 2];
    return util::is_digits(holder) ? util::Words("the client") : util::own(holder);
}

util::Words below(util::Words clause, std::string_view lines) {
    for (const auto line : util::split(lines, '\n')) {
        clause += util::words("\n{}", line);
    }
    return clause;
}

} // namespace

util::Words how_to_add_all(const document::Place& list, const util::Words& name, std::span<const std::string> items) {
    const auto lines = document::addition_to(list, items);
    if (!lines) {
        return util::words("add {} to {}", util::joined(items, ", "), name);
    }
    if (list.kind == document::PlaceKind::missing) {
        return below("add these lines to the client:", *lines);
    }
    return below(util::words("add {} to {}:", items.size() == 1 ? "this line" : "these lines", name), *lines);
}

util::Words how_to_add(const document::Place& list, const util::Words& name, std::string_view item) {
    const std::string one(item);
    return how_to_add_all(list, name, {&one, 1});
}

util::Words how_to_set(const document::Place& place, std::string_view otherwise, std::string_view value,
                       document::Quotes quotes) {
    const auto line =
        value.find_first_of("'\"\\\n") == std::string_view::npos ? document::line_to_set(place, quotes) : std::nullopt;
    if (!line) {
        return util::words("set {} to {}", setting_name(place, otherwise), value);
    }
    return util::words(line->is_first ? "add this line as the first one of {}:\n{}{}{}"
                                      : "add this line to {}:\n{}{}{}",
                       holder_name(place), util::own(line->before), value, util::own(line->after));
}

} // namespace oidcgen::oidc
