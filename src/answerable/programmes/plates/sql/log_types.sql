-- Each search type as it is written, and its number: a mobile form has the number of its desktop form.
SELECT written, CAST(dense_rank() OVER (ORDER BY desktop) AS INTEGER) AS kind
FROM (
  SELECT search_type AS written,
    CASE WHEN lower(search_type) LIKE '%- mobile' THEN trim(substring(lower(search_type), 1, length(search_type) - 8))
      ELSE trim(lower(search_type)) END AS desktop
  FROM (SELECT DISTINCT search_type FROM log_searches CROSS JOIN log_list WHERE log_list.log = 2 AND search_type IS NOT NULL)
    AS named
) AS cleaned
