-- How many assessments gave each answer to each question.
-- Questions of an institution (own) count only if all assessments of a checklist are of the handbook that counts.
WITH of_one_handbook AS (
  SELECT checklist
  FROM latest_assessments
  CROSS JOIN settings
  GROUP BY checklist
  HAVING MIN(latest_assessments.handbook) = MIN(settings.handbook)
    AND MAX(latest_assessments.handbook) = MIN(settings.handbook)
), tally AS (
  -- subtracting the few superseded states is faster than joining all answers
  SELECT checklist, version, round, kind, section, item, rev, own, status, COUNT(*) AS assessments
  FROM answers
  GROUP BY checklist, version, round, kind, section, item, rev, own, status
  UNION ALL
  SELECT
    answers.checklist, answers.version, answers.round, answers.kind, answers.section, answers.item, answers.rev,
    answers.own, answers.status, -COUNT(*) AS assessments
  FROM answers
  JOIN superseded ON superseded.state = answers.state
  GROUP BY
    answers.checklist, answers.version, answers.round, answers.kind, answers.section, answers.item, answers.rev,
    answers.own, answers.status
)
SELECT
  tally.checklist AS checklist, tally.version AS version, tally.round AS round, tally.kind AS kind,
  tally.section AS section, tally.item AS item, tally.rev AS rev, tally.status AS status,
  CAST(SUM(tally.assessments) AS BIGINT) AS assessments
FROM tally
LEFT JOIN of_one_handbook ON of_one_handbook.checklist = tally.checklist
WHERE NOT tally.own OR of_one_handbook.checklist IS NOT NULL
GROUP BY
  tally.checklist, tally.version, tally.round, tally.kind, tally.section, tally.item, tally.rev, tally.status
HAVING SUM(tally.assessments) > 0
ORDER BY checklist, version, round, kind, section, item, rev, status
