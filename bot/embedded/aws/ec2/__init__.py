"""EC2 as far as somebody looks for open doors: groups, what is in them, snapshots; without moto's public images."""
