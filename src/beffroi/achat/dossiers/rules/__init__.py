"""Ce qu'une version exige, et le délai qu'elle appelle."""
