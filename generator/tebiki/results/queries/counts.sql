-- How many assessments gave each answer to each question.
-- Questions of an institution (own) count only if all assessments of a checklist are of the handbook that counts.
WITH of_one_handbook AS (
  SELECT latest_assessments.checklist AS checklist
  FROM latest_assessments
  CROSS JOIN settings
  GROUP BY latest_assessments.checklist
  HAVING MIN(latest_assessments.handbook) = MIN(settings.handbook)
    AND MAX(latest_assessments.handbook) = MIN(settings.handbook)
), tally AS (
  SELECT checklist, version, round, kind, section, item, rev, own, status, COUNT(*) AS assessments
  FROM latest_answers
  GROUP BY checklist, version, round, kind, section, item, rev, own, status
)
SELECT
  tally.checklist AS checklist, tally.version AS version, tally.round AS round, tally.kind AS kind,
  tally.section AS section, tally.item AS item, tally.rev AS rev, tally.status AS status,
  CAST(tally.assessments AS BIGINT) AS assessments
FROM tally
LEFT JOIN of_one_handbook ON of_one_handbook.checklist = tally.checklist
WHERE NOT tally.own OR of_one_handbook.checklist IS NOT NULL
ORDER BY checklist, version, round, kind, section, item, rev, status
