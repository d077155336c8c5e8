"""What CloudTrail was told to record, and what an answer can't have seen because of that.

`trails.Trails` is what one look found; `need.Need` what a question depends on; `caveats.caveats` the difference.
"""
