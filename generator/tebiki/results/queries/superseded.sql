-- States of assessments that do not count, and the file of the state that counts instead.
-- Of several states of one assessment the one that was changed last counts. A state that claims to be from the future
-- counts only where there is no other.
WITH repeated AS (
  SELECT assessment
  FROM assessments
  GROUP BY assessment
  HAVING COUNT(*) > 1
), timed AS (
  SELECT
    assessments.assessment, assessments.checklist, assessments.round,
    assessments.state, assessments.file, assessments.digest, assessments.updated,
    CASE WHEN assessments.updated > settings.latest THEN 1 ELSE 0 END AS ahead
  FROM assessments
  JOIN repeated ON repeated.assessment = assessments.assessment
  CROSS JOIN settings
), ranked AS (
  SELECT
    assessment, checklist, round, state, file, digest, updated, ahead,
    ROW_NUMBER() OVER (
      PARTITION BY assessment, checklist, round
      ORDER BY ahead, updated DESC, digest DESC, file, state
    ) AS age
  FROM timed
)
SELECT
  ranked.state AS state,
  ranked.file AS file,
  ranked.updated AS updated,
  kept.file AS kept,
  CASE
    WHEN ranked.digest = kept.digest THEN 'same-again'
    WHEN ranked.ahead = 1 THEN 'future-state'
    ELSE 'older-state'
  END AS reason
FROM ranked
JOIN ranked AS kept
  ON kept.assessment = ranked.assessment
  AND kept.checklist = ranked.checklist
  AND kept.round = ranked.round
WHERE kept.age = 1 AND ranked.age > 1
ORDER BY state
