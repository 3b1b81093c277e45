#include "lint/merge.hpp"

#include "document/reader.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace oidcgen::lint {

namespace {

using document::Cursor;

constexpr std::array<std::string_view, 1> k_sources{"https://github.com/knadh/koanf#merge-behavior"};

const rule::Rule k_clients_replaced{
    .code = "OG3049",
    .name = "clients-replaced",
    .consequence = rule::Consequence::login_fails,
    .summary = "clients are lost because a later file has a list of clients, too",
    .why = "A program that reads several files merges them key by key. A list is not merged: the one in the later file "
           "replaces the one before, so the provider does not know the clients in that.",
    .bad = "# first.yml and second.yml both have\nclients:\n  - client_id: …",
    .good = "# all clients in one file\nclients:\n  - client_id: photos\n  - client_id: wiki",
    .ignore = {},
    .sources = k_sources,
};

constexpr std::array k_rules{&k_clients_replaced};

Cursor at(const document::Place& place) {
    const auto node = place.document->node_at(place.path);
    return {*place.document, node, place.document->key_of(node), place.path};
}

std::string_view id_of(const Cursor& client) {
    for (const auto* const name : {"client_id", "id"}) {
        if (const auto id = client.is_mapping() ? client.find(name) : Cursor(); id && id.is_scalar()) {
            return id.text();
        }
    }
    return {};
}

} // namespace

util::Expected<Input> merged(const std::vector<Input>& inputs) {
    Input result;
    std::vector<const document::Document*> documents;
    document::Limits limits;
    limits.actions = document::TemplateActions::filled_in;
    for (const auto& input : inputs) {
        result.parts.push_back(document::read_document(input.path, input.text, document::Dialect::go_yaml, limits));
        documents.push_back(result.parts.back().get());
    }
    auto excerpt = document::merged(documents, result.replaced);
    if (!excerpt) {
        return util::failure(
            util::words("{} cannot be merged with the files before it here, because one of them cannot "
                        "be read to its end, is not a mapping, or has aliases or tags; check it alone",
                        util::path(inputs.back().path)));
    }
    result.path = inputs.front().path;
    result.text = excerpt->text;
    result.excerpt = std::make_shared<const document::Excerpt>(std::move(*excerpt));
    return result;
}

void check_replaced(const Input& input, rule::Findings& findings) {
    for (const auto& [earlier, later] : input.replaced) {
        if (!earlier.document->pointer(earlier.path).ends_with("/clients")) {
            continue;
        }
        std::vector<std::string_view> lost;
        const auto kept = at(later).children();
        for (const auto& client : at(earlier).children()) {
            const auto id = id_of(client);
            if (!id.empty() && std::ranges::find(kept, id, id_of) == kept.end()) {
                lost.push_back(id);
            }
        }
        if (lost.empty()) {
            continue;
        }
        auto finding = rule::finding(
            k_clients_replaced,
            lost.size() == 1
                ? util::words("the client {} is lost, because a later file replaces this list",
                              util::outside(lost.front()))
                : util::words("the client {} and {} more are lost, because a later file replaces this list",
                              util::outside(lost.front()), lost.size() - 1),
            earlier, "put all clients into one of the files");
        finding.notes.push_back({"this list counts", later});
        findings.add(std::move(finding));
    }
}

std::span<const rule::Rule* const> merge_rules() { return k_rules; }

} // namespace oidcgen::lint
