"""What AWS advises: Trusted Advisor's checks, and our own of the classic ones."""
