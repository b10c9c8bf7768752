-- The state that counts of each assessment.
SELECT
  assessments.state AS state, assessments.assessment AS assessment, assessments.checklist AS checklist,
  assessments.version AS version, assessments.digest AS digest, assessments.institution AS institution,
  assessments.handbook AS handbook, assessments.status AS status, assessments.updated AS updated,
  assessments.file AS file, assessments.round AS round, assessments.kind AS kind
FROM assessments
LEFT JOIN superseded ON superseded.state = assessments.state
WHERE superseded.state IS NULL
