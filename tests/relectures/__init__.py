"""Des règlements entiers, lus puis contrôlés."""
