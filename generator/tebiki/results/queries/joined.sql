-- The answers of institutions with results of two rounds that follow each other, question by question.
-- Identifiers of institutions are only compared.
WITH identified AS (
  SELECT checklist, institution, round
  FROM latest_assessments
  WHERE institution <> '' AND round <> '_'
  GROUP BY checklist, institution, round
), rounds AS (
  SELECT checklist, round FROM identified GROUP BY checklist, round
), pairs AS (
  SELECT rounds.checklist AS checklist, rounds.round AS earlier, MIN(following.round) AS later
  FROM rounds
  JOIN rounds AS following ON following.checklist = rounds.checklist
  WHERE following.round > rounds.round
  GROUP BY rounds.checklist, rounds.round
), members AS (
  SELECT
    pairs.checklist AS checklist, pairs.earlier AS earlier, pairs.later AS later,
    first_results.institution AS institution
  FROM pairs
  JOIN identified AS first_results ON first_results.checklist = pairs.checklist AND first_results.round = pairs.earlier
  JOIN identified AS second_results
    ON second_results.checklist = pairs.checklist AND second_results.round = pairs.later
    AND second_results.institution = first_results.institution
), sizes AS (
  SELECT checklist, earlier, later, COUNT(*) AS institutions FROM members GROUP BY checklist, earlier, later
), tally AS (
  SELECT
    members.checklist AS checklist, members.earlier AS earlier, members.later AS later,
    latest_answers.version AS version, latest_answers.round AS round, latest_answers.kind AS kind,
    latest_answers.item AS item, latest_answers.rev AS rev, latest_answers.status AS status,
    COUNT(*) AS assessments
  FROM members
  JOIN latest_answers
    ON latest_answers.checklist = members.checklist AND latest_answers.institution = members.institution
  WHERE (latest_answers.round = members.earlier OR latest_answers.round = members.later)
    AND latest_answers.item <> '' AND NOT latest_answers.own
  GROUP BY
    members.checklist, members.earlier, members.later, latest_answers.version, latest_answers.round,
    latest_answers.kind, latest_answers.item, latest_answers.rev, latest_answers.status
)
SELECT
  tally.checklist AS checklist, tally.earlier AS earlier, tally.later AS later, tally.version AS version,
  tally.round AS round, tally.kind AS kind, tally.item AS item, tally.rev AS rev, tally.status AS status,
  CAST(sizes.institutions AS BIGINT) AS institutions, CAST(tally.assessments AS BIGINT) AS assessments
FROM tally
JOIN sizes ON sizes.checklist = tally.checklist AND sizes.earlier = tally.earlier AND sizes.later = tally.later
-- the pair last: DataFusion 55 takes it for a key and sorts by nothing after it
ORDER BY version, round, kind, item, rev, status, checklist, earlier, later
