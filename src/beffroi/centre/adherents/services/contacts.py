"""Qui parle, et qui signe, pour un adhérent."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.models import Adherent, Contact
from beffroi.centre.adherents.services.annuaire import noter
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class Personne:
    """Une personne et, si elle signe, d'où elle en tient le pouvoir."""

    sorte: str
    nom: str
    qualite: str = ""
    courriel: str = ""
    telephone: str = ""
    depuis_le: date | None = None
    jusqu_au: date | None = None
    acte: str = ""


@transaction.atomic
def ecrire_contact(
    *,
    adherent: Adherent,
    personne: Personne,
    contact: Contact | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Contact:
    """Ajoute une personne, ou corrige celle qu'on désigne."""
    exiger(
        rules.pouvoir_complet(
            sorte=personne.sorte,
            acte=personne.acte,
            depuis_le=personne.depuis_le,
            jusqu_au=personne.jusqu_au,
        )
    )
    adherent = verrouiller(adherent, avec=("organisme",))
    contact = verrouiller(contact) if contact else Contact(adherent=adherent)
    for champ, valeur in asdict(personne).items():
        setattr(contact, champ, valeur)
    contact.save()
    donnees = {"contact": contact.reference, "sorte": contact.sorte}
    noter("ecrire_contact", adherent, par=par, le=maintenant, donnees=donnees)
    return contact


@transaction.atomic
def retirer_contact(*, contact: Contact, par: Acteur, maintenant: datetime) -> None:
    """Efface un simple contact ;
    un pouvoir de signer, lui, prend fin et se garde : il a pu servir.
    """
    contact = verrouiller(contact, avec=("adherent__organisme",))
    donnees = {"contact": contact.reference, "sorte": contact.sorte}
    if contact.sorte == Contact.Sorte.CONTACT:
        contact.delete()
    else:
        contact.jusqu_au = rules.fin_du_pouvoir(contact.depuis_le, le=maintenant.date())
        contact.save(update_fields=["jusqu_au"])
    noter("retirer_contact", contact.adherent, par=par, le=maintenant, donnees=donnees)
