"""AWS Config: the history, inventory and compliance of what its recorders saw.

moto has one canned item per resource; nothing of its Config is reachable here.
"""
