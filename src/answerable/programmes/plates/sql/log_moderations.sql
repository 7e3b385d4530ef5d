-- Each outcome of moderation as it is written, and its number; capitals make no difference.
SELECT written, CAST(dense_rank() OVER (ORDER BY lower(written)) AS INTEGER) AS outcome
FROM (
  SELECT DISTINCT moderation AS written FROM log_searches CROSS JOIN log_list WHERE log_list.log = 2 AND moderation IS NOT NULL
) AS outcomes
