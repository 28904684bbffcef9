"""What a person or a partner system would see."""
