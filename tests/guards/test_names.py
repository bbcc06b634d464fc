"""Which names look like production."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.names import production_reason, read_patterns

# --- the words

WORDS = """
    prod                        prod
    production                  production
    prd                         prd
    PROD                        PROD
    PrOd                        PrOd
    PRODUCTION                  PRODUCTION
    Prd                         Prd

    prod_key                    prod
    stripe_prod                 prod
    billing_prod                prod
    stripe_PRODUCTION_key       PRODUCTION
    stripe-prd.key              prd
    cluster-prd                 prd
    db/prod/password            prod
    projects/acme-prod/secrets  prod
    arn:aws:secret:prod/db      prod
    acme.prod.db.password       prod
    db@prod                     prod
    PROD:DB                     PROD
    prod(eu)                    prod
    k8s-prod-eu-west-1          prod
    prod__key                   prod
    _prod                       prod
    prod_                       prod
    --prod--                    prod
    AWS_PROD_ACCESS_KEY_ID      PROD
    DATABASE_URL_PRODUCTION     PRODUCTION
    SENTRY_DSN_PRD              PRD
    prod_staging_key            prod
    staging_prod_key            prod
    prod_test_key               prod
    test_prod                   prod
    prod-like                   prod
    product_prod                prod

    prod7                       prod
    prod2                       prod
    7prod                       prod
    1prod                       prod
    PROD1                       PROD
    key1prod2                   prod
    s3prod                      prod
    prod01eu                    prod
    db2_prd3                    prd

    billingProd                 Prod
    billingProdKey              Prod
    OrdersProdToken             Prod
    prodKey                     prod
    prodDB                      prod
    ProductionKey               Production
    myProductionApiKey          Production
    apiKeyProd                  Prod
    APIKeyProd                  Prod
    APIKEYProd                  Prod
    PRODKey                     PROD
    PRODApiKey                  PROD
    billingPROD                 PROD
    dbPROD                      PROD
    dbPRODUrl                   PROD
    DBProd                      Prod
    DBprod                      prod
    APIKEYprod                  prod
    PRODkey                     PROD
    PRDkey                      PRD
    PRODdb                      PROD
    DBprodKEY                   prod
    iPrd                        Prd
    xProdX                      Prod
    übersichtProd               Prod
    schlüssel_prod              prod
    prod_ключ                   prod

    not_for_prod                prod
    no_key_prod                 prod
    nonsense_prod               prod
    note_prod                   prod
    noprod_prod                 prod
    non_prod_and_prod           prod
    prod_non_prod               prod
    press_prod                  prod
    prefix_prod                 prod
    unit_prod                   prod
    uno-prod                    prod
"""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines() if line.strip()]


@pytest.mark.parametrize(("name", "word"), rows(WORDS))
def test_a_name_with_the_word_looks_like_production(name: str, word: str) -> None:
    assert production_reason(name) == f"it contains the word '{word}'"


# --- "live", beside what is said to be live

LIVE = [
    ("live_key", "live", "before", "key"),
    ("stripe_live_key", "live", "before", "key"),
    ("live_secret", "live", "before", "secret"),
    ("live_api", "live", "before", "api"),
    ("live_token", "live", "before", "token"),
    ("live_private_pem", "live", "before", "private"),
    ("live_public", "live", "before", "public"),
    ("pk_live_publishable", "live", "before", "publishable"),
    ("STRIPE_LIVE_SECRET_KEY", "LIVE", "before", "SECRET"),
    ("paypal_live_secret", "live", "before", "secret"),
    ("paypal-live-api-username", "live", "before", "api"),
    ("stripe.live.key", "live", "before", "key"),
    ("live/token", "live", "before", "token"),
    ("live2key", "live", "before", "key"),
    ("stripeLiveKey", "Live", "before", "Key"),
    ("stripeLiveApiKey", "Live", "before", "Api"),
    ("LiveAPIKey", "Live", "before", "API"),
    ("liveKey", "live", "before", "Key"),
    ("LIVEKey", "LIVE", "before", "Key"),
    ("LIVEkey", "LIVE", "before", "key"),
    ("stripe_live_keys", "live", "before", "keys"),
    ("live_tokens", "live", "before", "tokens"),
    ("live_apikey", "live", "before", "apikey"),
    ("LIVE_SECRETKEY", "LIVE", "before", "SECRETKEY"),
    ("live_live_key", "live", "before", "key"),
    ("stripe_key_live", "live", "after", "key"),
    ("STRIPE_SECRET_LIVE", "LIVE", "after", "SECRET"),
    ("stripeSecretKeyLive", "Live", "after", "Key"),
    ("api_live", "live", "after", "api"),
    ("token-live", "live", "after", "token"),
    ("apikey_live", "live", "after", "apikey"),
    ("key_live_2", "live", "after", "key"),
]


@pytest.mark.parametrize(("name", "word", "place", "key"), LIVE)
def test_live_beside_a_key_looks_like_production(
    name: str, word: str, place: str, key: str
) -> None:
    assert production_reason(name) == f"it contains the word '{word}' {place} '{key}'"


# --- what does not

OTHERS = """
    _ 123 --- stripe_key api_key DATABASE_URL p pr pro
    products product products_url product_key productKey keyProduct STAGING_PRODUCT_KEY ProductKey
    PRODUCT_KEY PRODUCTS producer producers event_producer KAFKA_PRODUCER_KEY producerKey
    reproduce reproduced reproduction reproducer reproducible_key productive productivity
    PRODUCTIVITY_TOKEN prodigy prodigal_key prods by_product byproduct coproduct coproduction
    postproduction intraproduct prodinfo produkt prodotto prdx oprd xprod
    pro_d pro_duction p_r_o_d pro_duct_key pRoDuct éprod prodé prodük
    PRDescription githubPRDiffToken PRDeployKey PROData PRODesktopKey PRODucts APIKey DBKey

    nonprod non_prod non-prod non.prod nonProd NonProd NONPROD NON_PROD NON-PROD NonPROD NONprod
    nonprod_key nonProdKey non_prod_2 nonprod2 2nonprod acme-nonprod-eu non-production nonproduction
    NonProductionKey not_prod notprod notProdUrl NOT_PROD_KEY not-production no_prod noprod noProd
    NO_PROD_ACCESS pre_prod preprod pre-prod preProd PreProd PREPROD PRE_PROD_DB_URL preprodKey
    PREprod pre-production preproduction un_prod unprod never_prod without_prod
    non_prd pre_prd prePrd not_non_prod nonprod_preprod non/prod

    live live_feed_url live_stream live-stream-key livestream_key live_video_token live_db_key
    is_live go_live live_mode_key live_chat_secret LIVE_URL liveUrl key_live_url secret_live_feed
    livekey livekeys
    alive_key alive_secret delivery_key deliver_token olive_token oliveKey OLIVE_KEY
    liveness_key lively_secret livekit_api_key LIVEKIT_API_KEY slive_key stripe_live paypal_live
    feed_live live_ live_keyboard live_keystore live_apiary live_tokenizer monkey_live
    not_live_key non_live_api_key nonlive_key pre_live_secret notLiveKey key_not_live no_live_token
    sandbox_key test_key staging_token dev_secret sk_test
"""


@pytest.mark.parametrize("name", ["", " ", *OTHERS.split()])
def test_other_names_do_not(name: str) -> None:
    assert production_reason(name) is None


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(rows(WORDS)) + len(LIVE) > 100
    assert len(OTHERS.split()) > 150


def test_spaces_separate_words_too() -> None:
    assert production_reason("my prod key") == "it contains the word 'prod'"
    assert production_reason("non prod key") is None
    assert production_reason("the live\tkey") == "it contains the word 'live' before 'key'"


@pytest.mark.parametrize(
    "piece", ["a", "A", "aA", "Aa", "prod", "PROD", "live", "_", "1", "non_", "é"]
)
def test_however_long_a_name_is_it_has_an_answer(piece: str) -> None:
    assert production_reason(piece * 50_000 + "_prod") is not None or piece == "non_"


# --- patterns

ACME = read_patterns(["(?i)^acme_main_", r"\bgold\b"], "The ini option")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("ACME_MAIN_DB", "(?i)^acme_main_"), ("db-gold-1", r"\bgold\b"), ("gold", r"\bgold\b")],
)
def test_a_pattern_counts_wherever_it_matches(name: str, pattern: str) -> None:
    assert production_reason(name) is None
    assert production_reason(name, ACME) == f"it matches the pattern '{pattern}'"


@pytest.mark.parametrize("name", ["", "acme_db", "db_acme_main_", "golden", "non_prod"])
def test_where_none_does_it_does_not(name: str) -> None:
    assert production_reason(name, ACME) is None


def test_words_count_all_the_same() -> None:
    assert production_reason("acme_main_prod", ACME) == "it contains the word 'prod'"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("(prod", "missing ), unterminated subpattern at position 0"),
        ("*prod", "nothing to repeat at position 0"),
        ("[prod", "unterminated character set at position 0"),
        (r"prod\Q", r"bad escape \Q at position 4"),
    ],
)
def test_what_is_no_pattern_is_told(line: str, wrong: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_patterns(["fine", line], "The ini option x")

    assert str(caught.value) == (
        f"The ini option x has '{line}', which is no regular expression: {wrong}.\n"
        "Write it like this: (?i)^acme_main_"
    )


# --- in general


def in_any_case(word: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([c.lower(), c.upper()]) for c in word)).map("".join)


# What a separator next to them keeps apart; none of their letters is in a word that counts.
ASIDE = st.text("aegmstAEGMST0123456789", max_size=8)
SEPARATORS = st.text("_-. :/0123456789", min_size=1, max_size=2)
NAMED = st.sampled_from(["prod", "production", "prd"]).flatmap(in_any_case)
NEGATIONS = st.sampled_from(["non", "not", "no", "pre", "NON", "NOT", "No", "Pre", "PRE"])
# Cases as they are written; "PRODuct" is nobody's.
OTHER_WORDS = st.sampled_from(
    ["product", "reproduce", "producer", "reproduction", "byproduct", "olive", "delivery", "key"]
).flatmap(lambda word: st.sampled_from([word, word.upper(), word.capitalize()]))


@settings(deadline=None)
@given(ASIDE, SEPARATORS, NAMED, SEPARATORS, ASIDE)
def test_the_word_between_separators_is_seen_in_any_case(
    before: str, left: str, word: str, right: str, after: str
) -> None:
    assert production_reason(f"{before}{left}{word}{right}{after}") is not None


@settings(deadline=None)
@given(NAMED, SEPARATORS, ASIDE)
def test_so_it_is_at_either_end(word: str, separator: str, rest: str) -> None:
    assert production_reason(f"{word}{separator}{rest}") is not None
    assert production_reason(f"{rest}{separator}{word}") is not None


@settings(deadline=None)
@given(st.tuples(ASIDE, SEPARATORS, NEGATIONS, SEPARATORS, NAMED, SEPARATORS, ASIDE).map("".join))
def test_a_negation_directly_before_it_lifts_it(name: str) -> None:
    assert production_reason(name) is None


@settings(deadline=None)
@given(st.tuples(NEGATIONS, SEPARATORS, NAMED, SEPARATORS, NAMED).map("".join))
def test_but_not_the_next_one(name: str) -> None:
    assert production_reason(name) is not None


@settings(deadline=None)
@given(st.lists(st.tuples(OTHER_WORDS, SEPARATORS), min_size=1, max_size=4))
def test_a_longer_word_around_it_never_counts(parts: list[tuple[str, str]]) -> None:
    assert production_reason("".join(word + separator for word, separator in parts)) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(["live", "feed", "url", "db", "chat"]), max_size=6), SEPARATORS)
def test_live_beside_other_words_never_counts(words: list[str], separator: str) -> None:
    assert production_reason(separator.join(words)) is None


@settings(deadline=None)
@given(st.text())
def test_the_reason_quotes_a_word_of_the_name(name: str) -> None:
    reason = production_reason(name)

    assert reason is None or reason.split("'")[1] in name


@settings(deadline=None)
@given(st.text(string.ascii_letters + "_-", max_size=30))
def test_the_word_that_it_quotes_is_alone(name: str) -> None:
    """What no reading of case splits and no separator frames is a part of another word."""
    reason = production_reason(name.lower())

    if reason is not None:
        word = re.escape(reason.split("'")[1])
        assert re.search(rf"(?<![a-z]){word}(?![a-z])", name.lower())
