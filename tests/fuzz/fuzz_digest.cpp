// Digests: what is read, what is told about them, and verifying those that cost little.
#include "demand.hpp"
#include "secret/diagnosis.hpp"
#include "secret/digest.hpp"
#include "secret/secret.hpp"

using namespace oidcgen;
using fuzz::demand;

namespace {

constexpr std::uint64_t k_most_cost = 20'000;
constexpr std::uint64_t k_most_memory = 1U << 20U;

void check_verify(const secret::Digest& digest, const secret::Secret& phrase) {
    if (digest.memory > k_most_memory) {
        return;
    }
    secret::Budget budget{k_most_cost};
    util::Words obstacle;
    const auto verdict = secret::verify(digest, phrase, budget, &obstacle);
    demand(budget.left <= k_most_cost, "verifying takes from the budget");
    demand((verdict == secret::Verdict::unable) == !obstacle.empty(), "what cannot be computed says why");
    demand(digest.cost <= k_most_cost || verdict == secret::Verdict::too_dear, "no more is spent than there is");
    if (verdict != secret::Verdict::too_dear) {
        secret::Budget same{k_most_cost};
        demand(secret::verify(digest, phrase, same) == verdict && same.left == budget.left,
               "the verdict is the same again");
    }
}

void check_parse(std::string_view text, secret::ReadBy reader, const secret::Secret& phrase) {
    const auto digest = secret::parse_digest(text, reader);
    if (!digest) {
        fuzz::demand_not_repeated(digest.error().message, text);
        return;
    }
    demand(digest->text == text, "a digest keeps its text");
    demand(digest->scheme == secret::Scheme::plaintext || (!digest->key.empty() && digest->cost > 0),
           "a digest has a key, which costs something");
    check_verify(*digest, phrase);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    const secret::Secret phrase("velvet-Otter~41.meadow_lamp");
    check_parse(text, secret::ReadBy::configuration, phrase);
    check_parse(text, secret::ReadBy::command, phrase);
    for (const auto mistake : secret::diagnose(text)) {
        demand(!secret::message(mistake).empty(), "a mistake has a sentence");
    }
    static_cast<void>(secret::looks_like_digest(text));
    static_cast<void>(secret::is_documentation_sample(std::string_view(text)));
    return 0;
}
