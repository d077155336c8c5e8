"""The bot's own hearing: when nothing comes, is it quiet, or are we deaf?

What was sensed (`senses`) is judged (`queues`, `accounts`); of what was judged some is news (`news`), which is
told as every other problem is: an `Alert` under a key of its own, and `resolved` once we hear again.
"""
