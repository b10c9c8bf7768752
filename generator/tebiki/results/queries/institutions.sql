-- How many assessments each institution has that has several of a checklist in a round.
-- Identifiers of institutions are only compared.
WITH repeated AS (
  SELECT checklist, round, institution, COUNT(*) AS assessments
  FROM latest_assessments
  WHERE institution <> ''
  GROUP BY checklist, round, institution
  HAVING COUNT(*) > 1
)
SELECT checklist, round, CAST(assessments AS BIGINT) AS assessments
FROM repeated
ORDER BY checklist, round, assessments DESC
