"""Les adresses de la conformité : ce qui est public, ce qui est au centre."""

from django.urls import path

from beffroi.conformite.views import securite

app_name = "conformite"

CDG = "cdg/conformite/"

urlpatterns = [
    path(f"{CDG}journal-de-securite/", securite.journal, name="journal_de_securite"),
    path(f"{CDG}journal-de-securite.csv", securite.exporter, name="journal_de_securite_csv"),
]
