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
  SELECT checklist, version, round, kind, section, item, rev, status, COUNT(*) AS assessments
  FROM latest_answers
  WHERE NOT own
  GROUP BY checklist, version, round, kind, section, item, rev, status
  UNION ALL
  SELECT
    latest_answers.checklist, version, round, kind, section, item, rev, status, COUNT(*) AS assessments
  FROM latest_answers
  JOIN of_one_handbook ON of_one_handbook.checklist = latest_answers.checklist
  WHERE own
  GROUP BY latest_answers.checklist, version, round, kind, section, item, rev, status
)
SELECT
  checklist, version, round, kind, section, item, rev, status, CAST(assessments AS BIGINT) AS assessments
FROM tally
ORDER BY checklist, version, round, kind, section, item, rev, status
