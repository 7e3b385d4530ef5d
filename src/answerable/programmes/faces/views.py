"""The views that the measures of face recognition read, made from the records.

    comparisons   ->  mated_marks        one row per word for mated or not, and for a decision (match_decisions): what it says
                  ->  base_comparisons   one row per comparison: whether it is mated, and what is wrong with it
                  ->  usable_comparisons one row per comparison that rates are made from
                  ->  tallied            one row per score, or per bin of scores, of each kind: how many comparisons have it
                  ->  thresholds         one row per threshold: how many non-mated comparisons match there
                  ->  fitness            one row: whether scores can be put to a threshold at all (of histograms: fitness_bars)
                  ->  decided_comparisons one row per comparison that the system decided
    score_counts  ->  bars               one row per bar of a histogram: whether it is of mated comparisons
                  ->  tallied_bars       the bars of each kind, whatever group they are of
    candidates    ->  mate_words         one row per pair of words for the mate and the gallery: what they say
                  ->  base_candidates    one row per line of a list: what its answers say
                  ->  base_lists         one row per line of a list: which list it is of, and whether it fits the others
                  ->  base_searches_1n   one row per search of a gallery: its mate's rank and score, its best candidate, its contradictions
    requests      ->  base_requests      one row per request: what its answers say
    deployments   ->  base_deployments   one row per deployment that has figures

Whether a comparison is mated is what the file says; where it does not say, it follows from the two subjects. One whose
two statements disagree, and one of a sample with itself, stands in no rate.
"""

from __future__ import annotations

from answerable.programmes.answers import answer_sql
from answerable.programmes.faces.outcomes import outcome_sql
from answerable.programmes.programme import View

__all__ = ["BINS", "EXACT", "MATED_WORDS", "VIEWS"]

EXACT = 4_000_000
"""Up to how many comparisons each score is counted by itself; beyond, scores are counted in bins, and curves have bounds."""

BINS = 1 << 16
"""How many bins of equal width scores beyond that are counted in."""

MATED_WORDS = (
    "mated|genuine|gen|client|target|match|matched|same|same person|positive|pos|authentic",
    "non mated|nonmated|impostor|imposter|imp|non target|nontarget|non match|nonmatch|different|different person|negative|neg",
)
"""What a file says of a mated comparison, and of one that is not, beside yes and no."""

# Of two marks, 1 and -1, the second is no yes written with a dash.
_STATED = f"CASE WHEN trim(mated) = '-1' THEN FALSE ELSE {answer_sql('mated', *MATED_WORDS)} END"
_MATCH = (
    "match|possible match|possible|lead|candidate|positive",
    "no match|non match|not a match|no lead|negative|inconclusive",
)
_LEAD = ("issued|lead issued|possible match", "not issued|no lead|none issued")

# Few words stand for all comparisons: each is read once, not once for each of millions of rows.
_MARKS = f"""-- What each mark of the file says: mated or not.
SELECT mated AS mark, {_STATED} AS stated FROM (SELECT DISTINCT mated FROM comparisons WHERE mated IS NOT NULL) AS marks"""

_DECISIONS = f"""-- What each decision of the file says: a match or not.
SELECT decision AS said, {answer_sql("decision", *_MATCH)} AS is_match
FROM (SELECT DISTINCT decision FROM comparisons WHERE decision IS NOT NULL) AS decisions"""

_COMPARISONS = """-- One row per comparison: whether it is mated, and what keeps it out of every rate.
SELECT marked.*,
  CASE WHEN is_self THEN 'a sample with itself'
    WHEN stated IS NOT NULL AND same_subject IS NOT NULL AND stated <> same_subject THEN 'the subjects say otherwise'
    END AS fault,
  coalesce(stated, same_subject) AS is_mated
FROM (
  SELECT comparisons.*, stated, is_match, subject_1 = subject_2 AS same_subject, coalesce(sample_1 = sample_2, FALSE) AS is_self
  FROM comparisons LEFT JOIN mated_marks ON mated = mark LEFT JOIN match_decisions ON decision = said
) AS marked"""

_SCORES = """-- One row per comparison that rates are made from: mated or not, at no fault. One without a score is a failure to acquire.
SELECT * FROM base_comparisons
WHERE fault IS NULL AND is_mated IS NOT NULL AND (score IS NOT NULL OR score_state = 'blank')"""

_TALLIED = f"""-- How many comparisons have each score, mated and not; where there are more than {EXACT:,}, how many in each of up to
-- {BINS:,} bins of equal width, each with its least score of either kind and its greatest.
WITH ends AS (
  SELECT count(*) <= {EXACT} AS is_exact, min(score) AS least, max(score) AS most FROM usable_comparisons
),
placed AS (
  SELECT is_mated, score, CASE WHEN is_exact OR least = most THEN score END AS one,
    CASE WHEN NOT is_exact AND least < most THEN floor((score - least) / (most - least) * {BINS}) END AS bin
  FROM usable_comparisons CROSS JOIN ends
)
SELECT is_mated, min(min(score)) OVER (PARTITION BY one, bin) AS edge, max(score) AS most, count(*) AS number,
  (SELECT count(DISTINCT system) FROM usable_comparisons) AS systems,
  (SELECT CASE WHEN count(system) > 0 THEN count(*) FILTER (WHERE system IS NULL) ELSE 0 END FROM usable_comparisons) AS unnamed
FROM placed GROUP BY is_mated, one, bin"""

_BARS = f"""-- One row per bar of a histogram that holds a score: whether its comparisons are mated, and where it begins and ends, without the
-- last digits in which sums of decimals differ.
SELECT score_counts.*, {_STATED} AS is_mated, round(low, 12) AS begins, round(high, 12) AS ends
FROM score_counts WHERE low < high AND number > 0"""

_TALLIED_BARS = """-- The bars of histograms, as they were given: how many comparisons, mated and not, have a score in each.
SELECT is_mated, begins AS edge, ends AS most, sum(number) AS number,
  (SELECT count(DISTINCT system) FROM score_counts) AS systems,
  (SELECT CASE WHEN count(system) > 0 THEN count(*) FILTER (WHERE system IS NULL) ELSE 0 END FROM score_counts) AS unnamed
FROM bars
WHERE is_mated IS NOT NULL
GROUP BY is_mated, begins, ends"""


def _fitness(tallied: str, overlaps: str) -> str:
    """Give the query that says whether scores can be put to a threshold at all: made of what is tallied, at no pass over comparisons."""
    return f"""-- One row: how many scores there are of each kind, how many different ones, how well they tell the kinds apart (the area under the
-- ROC, half of what is tied or in one bin on either side), whether bars overlap, and of how many systems they are.
WITH ends AS (
  SELECT edge, sum(CASE WHEN is_mated THEN number ELSE 0 END) AS mated, sum(CASE WHEN is_mated THEN 0 ELSE number END) AS others
  FROM {tallied} WHERE edge IS NOT NULL GROUP BY edge
),
ordered AS (
  SELECT mated, others, sum(others) OVER (ORDER BY edge) - 0.5e0 * others AS below FROM ends
)
SELECT CAST(coalesce(sum(mated), 0) AS BIGINT) AS mated_scores, CAST(coalesce(sum(others), 0) AS BIGINT) AS other_scores, count(*) AS marks,
  sum(mated * below) / nullif(1e0 * sum(mated) * sum(others), 0) AS area, {overlaps} AS overlapping,
  (SELECT max(systems) FROM {tallied}) AS systems, (SELECT max(unnamed) FROM {tallied}) AS unnamed
FROM ordered"""


_OVERLAPS = """(SELECT count(*) FROM (
    SELECT edge, max(most) OVER (ORDER BY edge, most ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM (SELECT DISTINCT edge, most FROM tallied_bars) AS bars_of_both
  ) AS in_order WHERE edge < before)"""

_DECIDED = """-- One row per comparison that the system decided: as the file states, or by the threshold that it states, which a failure to acquire
-- does not reach. What contradicts itself does not count.
SELECT * FROM (
  SELECT base_comparisons.*,
    coalesce(is_match, score >= threshold, CASE WHEN threshold IS NOT NULL AND score_state = 'blank' THEN FALSE END) AS says_match
  FROM base_comparisons
) AS decided
WHERE fault IS NULL AND is_mated IS NOT NULL AND says_match IS NOT NULL"""

_OPERATING = """-- The lowest threshold at which at most so large a share of non-mated comparisons match, for shares that are asked for: an
-- edge of a bin where scores are binned, and infinity where no score is high enough.
WITH edges AS (
  SELECT edge, sum(CASE WHEN NOT is_mated THEN number ELSE 0 END) AS others
  FROM tallied WHERE edge IS NOT NULL GROUP BY edge
)
SELECT edge AS threshold, sum(others) OVER (ORDER BY edge DESC) AS at_or_above, sum(others) OVER () AS total
FROM edges"""

_MATES = f"""-- What each word of the lists for a candidate who is the mate, or for a mate in the gallery, says.
SELECT is_mate AS mate_word, in_gallery AS gallery_word,
  {answer_sql("is_mate", "mate|mated|correct|hit", "non mate|not mate|incorrect")} AS is_the_mate,
  {answer_sql("in_gallery", "mated|enrolled", "non mated|nonmated|unenrolled|not enrolled")} AS has_mate
FROM (SELECT DISTINCT coalesce(is_mate, '') AS is_mate, coalesce(in_gallery, '') AS in_gallery FROM candidates) AS words"""

_CANDIDATES = """-- One row per line of a candidate list.
SELECT candidates.*, is_the_mate, has_mate
FROM candidates LEFT JOIN mate_words ON coalesce(is_mate, '') = mate_word AND coalesce(in_gallery, '') = gallery_word"""

_LISTS = """-- One row per line of a candidate list, with the list that it is of: a search by one system of one gallery of one size. A line
-- that leaves one of them blank is of the one that its search's other lines name; where they name several, it is misplaced.
WITH of_systems AS (
  SELECT *, coalesce(system, CASE WHEN min(system) OVER one = max(system) OVER one THEN min(system) OVER one END) AS of_system,
    max(system) OVER one AS some_system
  FROM base_candidates WHERE search IS NOT NULL WINDOW one AS (PARTITION BY search)
),
of_galleries AS (
  SELECT *, coalesce(gallery, CASE WHEN min(gallery) OVER one = max(gallery) OVER one THEN min(gallery) OVER one END) AS of_gallery,
    max(gallery) OVER one AS some_gallery
  FROM of_systems WINDOW one AS (PARTITION BY search, of_system)
),
of_sizes AS (
  SELECT *, coalesce(gallery_size, CASE WHEN min(gallery_size) OVER one = max(gallery_size) OVER one THEN min(gallery_size) OVER one END) AS of_size,
    max(gallery_size) OVER one AS some_size
  FROM of_galleries WINDOW one AS (PARTITION BY search, of_system, of_gallery)
),
named AS (
  SELECT *, concat(CAST(search AS STRING), '/', coalesce(of_system, ''), '/', coalesce(of_gallery, ''), '/',
      coalesce(CAST(of_size AS STRING), '')) AS list,
    (of_system IS NULL AND some_system IS NOT NULL) OR (of_gallery IS NULL AND some_gallery IS NOT NULL)
      OR (of_size IS NULL AND some_size IS NOT NULL) AS is_misplaced
  FROM of_sizes
)
SELECT list, probe, rank, score, threshold, of_system AS system, of_gallery AS gallery, of_size AS gallery_size, sex, age_group, region,
  skin_tone, is_the_mate, has_mate, is_misplaced,
  rank IS NOT NULL AND min(score) OVER (PARTITION BY list, rank) <> max(score) OVER (PARTITION BY list, rank) AS is_at_odds,
  rank IS NOT NULL AND score > min(score) OVER (PARTITION BY list ORDER BY rank NULLS LAST, score DESC NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_out_of_order
FROM named"""

_SEARCHES = """-- One row per search of a gallery: whether its mate is there, the mate's best rank and its score, the best score of any
-- candidate, and in which ways its lines contradict each other.
WITH searches AS (
  SELECT list, max(probe) AS probe, max(gallery_size) AS gallery_size, max(threshold) AS threshold,
    max(sex) AS sex, max(age_group) AS age_group, max(region) AS region, max(skin_tone) AS skin_tone, max(system) AS system,
    max(gallery) AS gallery, bool_or(has_mate) AS has_mate,
    min(CASE WHEN is_the_mate THEN rank END) AS mate_rank, max(CASE WHEN is_the_mate THEN score END) AS mate_score,
    max(CASE WHEN rank IS NOT NULL THEN score END) AS top_score,
    count(rank) AS candidates, count(rank) FILTER (WHERE score IS NULL) AS without_score,
    count(rank) FILTER (WHERE is_the_mate IS NULL) AS not_judged,
    coalesce(bool_or(has_mate) AND NOT bool_and(has_mate), FALSE) AS gallery_disagrees,
    coalesce(bool_or(is_the_mate) AND NOT bool_and(has_mate), FALSE) AS mate_outside,
    coalesce(bool_or(is_at_odds), FALSE) AS rank_twice, coalesce(bool_or(is_out_of_order), FALSE) AS out_of_order,
    coalesce(bool_or(rank IS NOT NULL AND score < threshold), FALSE) AS below_threshold,
    coalesce(min(threshold) <> max(threshold), FALSE) AS thresholds_disagree,
    coalesce(min(probe) <> max(probe), FALSE) AS probes_disagree, coalesce(bool_or(is_misplaced), FALSE) AS misplaced
  FROM base_lists GROUP BY list
)
SELECT *, gallery_disagrees OR mate_outside OR rank_twice OR out_of_order OR below_threshold OR thresholds_disagree
    OR probes_disagree OR misplaced AS contradicts
FROM searches"""

_REQUESTS = f"""-- One row per request: what its short answers say, and how long each step took in seconds.
SELECT requests.*, coalesce(requested_at_local, requested_at) AS clock_time,
  seconds_between(requested_at, decided_at_1) AS review_seconds, seconds_between(decided_at_1, decided_at_2) AS second_seconds,
  {answer_sql("denied", "denied|rejected|refused", "approved|granted|accepted")} AS is_denied,
  {answer_sql("probe_edited", "edited", "not edited|unedited")} AS is_edited,
  {answer_sql("decision_1", *_MATCH)} AS first_says, {answer_sql("decision_2", *_MATCH)} AS second_says,
  {answer_sql("lead", *_LEAD)} AS has_lead, {answer_sql("corroborated", "corroborated", "not corroborated|uncorroborated")} AS is_corroborated,
  {answer_sql("sole_basis", "sole basis|only basis", "not sole basis|not the sole basis|other evidence")} AS is_sole,
  {answer_sql("disclosed", "disclosed", "not disclosed|undisclosed")} AS is_disclosed, {outcome_sql("outcome")} AS outcome_class
FROM requests"""

_DEPLOYMENTS = """-- One row per deployment: one that states alerts, whichever kind, is one with figures.
SELECT deployments.*, coalesce(held_on_local, held_on) AS clock_time,
  alerts IS NOT NULL OR false_alerts IS NOT NULL OR true_alerts IS NOT NULL AS has_figures
FROM deployments"""

VIEWS = (
    View("mated_marks", _MARKS, kept=True),
    View("match_decisions", _DECISIONS, kept=True),
    View("base_comparisons", _COMPARISONS),
    View("usable_comparisons", _SCORES),
    View("tallied", _TALLIED, kept=True),
    View("thresholds", _OPERATING, kept=True),
    View("decided_comparisons", _DECIDED),
    View("fitness", _fitness("tallied", "0"), kept=True),
    View("bars", _BARS),
    View("tallied_bars", _TALLIED_BARS, kept=True),
    View("fitness_bars", _fitness("tallied_bars", _OVERLAPS), kept=True),
    View("mate_words", _MATES, kept=True),
    View("base_candidates", _CANDIDATES),
    View("base_lists", _LISTS),
    View("base_searches_1n", _SEARCHES, kept=True),
    View("base_requests", _REQUESTS),
    View("base_deployments", _DEPLOYMENTS),
)
"""What measures read, in the order in which one is made of another."""
