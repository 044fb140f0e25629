"""L'achat est public : il paraît, se cherche, se télécharge, se questionne."""
