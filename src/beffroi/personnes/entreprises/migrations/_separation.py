"""Séparer ceux qui partageaient un établissement sans s'être reconnus.

Qui a été confirmé par un collègue reste avec lui. Qui l'a été d'office, ou jamais, a son équipe, à part ; jamais confirmé,
il demande encore à rejoindre les autres.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from beffroi.personnes.entreprises.models import reference_d_equipe
from beffroi.socle.journal.faits_immuables import POSTGRESQL


def separer(apps: Any, schema_editor: Any) -> None:
    par_equipe = defaultdict(list)
    for membre in apps.get_model("entreprises", "Membre").objects.order_by("depuis_le", "pk").select_related("equipe"):
        par_equipe[membre.equipe_id].append(membre)
    for membres in par_equipe.values():
        separer_ces_membres(apps, membres)
    if schema_editor.connection.vendor == POSTGRESQL:
        # Sans quoi PostgreSQL refuse de changer ensuite la table.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def separer_ces_membres(apps: Any, membres: list[Any]) -> None:
    """Le premier garde l'équipe ; chacun des autres rejoint qui l'a reconnu, ou fonde la sienne."""
    origine, demande = membres[0].equipe, apps.get_model("entreprises", "DemandeDeRejoindre")
    for rang, membre in enumerate(membres):
        garant = garant_de(apps, membre, membres[:rang]) if membre.confirme_le else None
        if garant:
            membre.equipe_id, membre.reconnu_par_id = garant.equipe_id, garant.utilisateur_id
        elif rang:
            membre.equipe = equipe_a_part(apps, origine, le=membre.depuis_le)
            if not (membre.confirme_le or membre.jusqu_au):
                demande.objects.get_or_create(
                    equipe=origine, utilisateur=membre.utilisateur, defaults={"faite_le": membre.depuis_le}
                )
        membre.save()


def garant_de(apps: Any, membre: Any, precedents: list[Any]) -> Any:
    """Qui l'a confirmé, d'après le registre ; sinon, pour une personne invitée, le plus ancien des présents."""
    presents = [
        autre
        for autre in precedents
        if autre.confirme_le
        and autre.confirme_le <= membre.confirme_le
        and (autre.jusqu_au is None or autre.jusqu_au > membre.confirme_le)
        and autre.utilisateur_id != membre.utilisateur_id
    ]
    ecriture = apps.get_model("journal", "Ecriture").objects.filter(acte="membre.confirmer", sujet=membre.reference).first()
    nomme = [autre for autre in presents if ecriture and autre.utilisateur.reference == ecriture.acteur_reference]
    return next(iter([*nomme, *presents]), None)


def equipe_a_part(apps: Any, origine: Any, *, le: datetime) -> Any:
    """Une autre équipe, qui dit le même établissement."""
    champs = ("nature", "pays", "identifiant", "numero_d_entreprise", "nom", "taille", "adresse", "code_postal")
    # L'ancienne clé vers l'entreprise vaut tant que la colonne est là.
    ancienne = {"entreprise_id": origine.entreprise_id} if hasattr(origine, "entreprise_id") else {}
    return apps.get_model("entreprises", "Equipe").objects.create(
        reference=reference_d_equipe(), fondee_le=le, **ancienne, **{champ: getattr(origine, champ) for champ in champs}
    )
