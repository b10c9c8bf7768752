-- How many assessments gave each answer to each question.
-- Questions of an institution (own) count only if all assessments of a checklist are of the handbook that counts.
WITH of_one_handbook AS (
  SELECT latest_assessments.checklist AS checklist
  FROM latest_assessments
  CROSS JOIN settings
  GROUP BY latest_assessments.checklist
  HAVING MIN(latest_assessments.handbook) = MIN(settings.handbook)
    AND MAX(latest_assessments.handbook) = MIN(settings.handbook)
), own_questions AS (
  SELECT checklist, version, section, item
  FROM answers
  WHERE own
  GROUP BY checklist, version, section, item
), tally AS (
  SELECT checklist, version, round, kind, section, item, rev, status, COUNT(*) AS assessments
  FROM latest_answers
  -- what is constant in a part first: DuckDB then takes half the time
  GROUP BY round, kind, checklist, version, section, item, rev, status
)
SELECT
  tally.checklist AS checklist, tally.version AS version, tally.round AS round, tally.kind AS kind,
  tally.section AS section, tally.item AS item, tally.rev AS rev, tally.status AS status,
  CAST(tally.assessments AS BIGINT) AS assessments
FROM tally
LEFT JOIN own_questions
  ON own_questions.checklist = tally.checklist AND own_questions.version = tally.version
  AND own_questions.section = tally.section AND own_questions.item = tally.item
LEFT JOIN of_one_handbook ON of_one_handbook.checklist = tally.checklist
WHERE own_questions.checklist IS NULL OR of_one_handbook.checklist IS NOT NULL
ORDER BY checklist, version, round, kind, section, item, rev, status
