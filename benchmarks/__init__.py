"""What a night and an extraction cost, as ratios to a peer or a lower bound in the same run."""
