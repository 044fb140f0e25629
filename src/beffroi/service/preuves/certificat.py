"""Le certificat de fonctionnement :
ce que la plateforme a mesuré d'elle-même pendant une période (REQ-81).
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.conf import settings

from beffroi.service.preuves import archive, mesures, papier, rules
from beffroi.service.preuves.faits import Certificat
from beffroi.service.sonde.queries import jour_par_jour
from beffroi.socle.fondations import exploitant
from beffroi.socle.journal import chainage, remise
from formats import dates, tailles
from formats import document as d
from formats.dates import PARIS

FORMAT = "beffroi.certificat/1"
TITRE = "Certificat de fonctionnement"


def composer(certificat: Certificat) -> bytes:
    """La même archive que les autres preuves : `./beffroi verifier` la relit sans réseau."""
    fichiers = {
        "certificat.json": archive.en_json(en_donnees(certificat)),
        "certificat.pdf": d.pdf(document(certificat)),
    }
    return remise.archive(
        fichiers,
        archive.de_la_sonde(certificat),
        reference=certificat.reference,
        le=certificat.etablie_le,
    )


def en_donnees(certificat: Certificat) -> dict[str, Any]:
    consultation = certificat.consultation
    return {
        "format": FORMAT,
        "sorte": "certificat",
        "reference": certificat.reference,
        "etablie_le": chainage.instant(certificat.etablie_le),
        "service": settings.SERVICE["nom"],
        "adresse": settings.ADRESSE_PUBLIQUE,
        "consultation": consultation.reference if consultation else None,
        "fenetre": [chainage.instant(certificat.debut), chainage.instant(certificat.fin)],
        "en_bref": en_bref(certificat),
        "sonde": mesures.en_donnees(certificat.sante),
        "evenements": [archive.evenement_en_donnees(une) for une in certificat.evenements],
    }


def en_bref(certificat: Certificat) -> str:
    sante = certificat.sante
    return rules.en_bref(
        mesures=sante.mesures,
        attendues=sante.attendues,
        echecs=len(sante.echecs),
        inventees=sante.inventees,
    )


def document(certificat: Certificat) -> d.Document:
    debut, fin = (dates.jour_et_heure(borne) for borne in (certificat.debut, certificat.fin))
    return d.Document(
        titre=TITRE,
        objet=f"Du {debut} au {fin}",
        reference=certificat.reference,
        nature="Certificat",
        emetteur=d.Emetteur(exploitant.nom(certificat.etablie_le)),
        etabli_le=certificat.etablie_le,
        ouverture=(_fiche(certificat), d.Paragraphe(d.phrase(en_bref(certificat)))),
        chapitres=(papier.service(certificat), *_jours(certificat), _ce_qu_il_vaut(certificat)),
        numerote=False,
    )


def _fiche(certificat: Certificat) -> d.Fiche:
    consultation = certificat.consultation
    lignes = [
        ("Référence", certificat.reference),
        ("Service", f"{settings.SERVICE['nom']}, {settings.ADRESSE_PUBLIQUE}"),
        *(
            [("Consultation", f"{consultation.reference}, {consultation.titre}")]
            if consultation
            else []
        ),
        ("Établi le", dates.jour_et_heure(certificat.etablie_le, exacte=True)),
    ]
    return d.Fiche(tuple((nom, d.phrase(valeur)) for nom, valeur in lignes))


def _jours(certificat: Certificat) -> Iterator[d.Chapitre]:
    """Une ligne par jour de Paris, si quelque chose fut mesuré."""
    jours = jour_par_jour(certificat.debut, certificat.fin, au_registre=certificat.au_registre)
    if not jours:
        return
    table = d.Tableau(
        legende="Dépôts d'essai, jour par jour, à l'heure de Paris.",
        entetes=("Jour", "Faits", "Aboutis", "Part"),
        lignes=tuple(
            (
                d.phrase(_en_clair(jour)),
                d.phrase(tailles.nombre(part.mesures)),
                d.phrase(tailles.nombre(part.reussies)),
                d.phrase(part.en_clair),
            )
            for jour, part in jours
        ),
        largeurs=(4, 2, 2, 2),
    )
    yield d.Chapitre("Jour par jour", (table,))


def _en_clair(jour: date) -> str:
    return dates.jour(datetime.combine(jour, time(12), PARIS))


def _ce_qu_il_vaut(certificat: Certificat) -> d.Chapitre:
    dits = (
        "Chaque mesure est répétée dans une écriture du registre, jointe avec sa preuve. "
        f"Mesures qui n'y sont pas encore : {tailles.nombre(certificat.sante.non_figees)}.",
        "La sonde dépose depuis chez l'exploitant : elle ne voit pas le réseau d'une entreprise.",
        (
            "Une sonde extérieure se croit sur parole : le registre prouve ce qu'elle a remis, "
            "et quand."
        ),
        (
            "Les pannes, l'occupation et la place sont des parts arrondies, "
            "jamais un nombre de réponses ni d'octets."
        ),
        "Rien n'y est dit d'une réponse, ni de qui en prépare une.",
    )
    return papier.ce_que_cela_vaut("Ce que ce certificat vaut, et ce qu'il ne dit pas", dits)
