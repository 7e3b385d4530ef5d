-- Each organisation as it is written, and its number. Capitals, spaces at the ends and the tags that a system adds and takes
-- away with time ([Federal], [Inactive]) make no difference.
SELECT written, CAST(dense_rank() OVER (ORDER BY name) AS INTEGER) AS agency
FROM (
  SELECT written, trim(replace_all(translate(lower(written), '[]', '()'), ' *[(](federal|inactive)[)]', '')) AS name
  FROM (SELECT DISTINCT written FROM log_named) AS named
) AS cleaned
