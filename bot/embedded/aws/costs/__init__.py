"""What AWS charges, as Cost Explorer, CloudWatch's billing metrics and Budgets tell it; one bill behind all three."""
