"""Les recettes de la démonstration : un appel payé, un autre en partie, un autre pas ;
une somme qu'il faut rapprocher.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.services import receptions
from beffroi.centre.recettes.models import ImportDeRecettes, TitreDeRecette
from beffroi.centre.recettes.services import imports, paiements
from beffroi.centre.recettes.services.paiements import Encaissement
from demo.contributions import ADHESIONS, EMIS_IL_Y_A
from demo.peuplement import Troupe
from demo.reprise import PARIS

EN_RETARD, PAYEE, EN_PARTIE = (ADHESIONS[rang].siret for rang in (0, 3, 4))


def raconter(troupe: Troupe, *, le: datetime) -> None:
    importer("titres", titres(le=le), troupe, le=le - EMIS_IL_Y_A + timedelta(days=5))
    recevoir(PAYEE, troupe, le=le - EMIS_IL_Y_A + timedelta(days=2))
    recevoir(EN_PARTIE, troupe, le=le - timedelta(days=12))
    importer("paiements", encaissements(le=le), troupe, le=le - timedelta(days=9))
    se_tromper(troupe, le=le - timedelta(days=8))
    deposer("paiements", a_relire(le=le), troupe, le=le - timedelta(hours=5))
    deposer(
        "paiements",
        a_relire(le=le) + "\nP503-0432;hier;dix;;;Ligne fausse",
        troupe,
        le=le - timedelta(hours=6),
    )


def appel(siret: str) -> Contribution:
    return Contribution.objects.select_related("exercice").get(siret=siret, emise_le__isnull=False)


def recevoir(siret: str, troupe: Troupe, *, le: datetime) -> None:
    jour = le.astimezone(PARIS).date()
    receptions.noter_la_reception(
        contribution=appel(siret), le=jour, par=troupe.personnes["solange"], maintenant=le
    )


def titres(*, le: datetime) -> str:
    emis = (le - EMIS_IL_Y_A + timedelta(days=4)).astimezone(PARIS).date()
    lignes = ["appel;titre;date;montant"]
    for numero, siret in enumerate((EN_RETARD, PAYEE, EN_PARTIE), start=118):
        contribution = appel(siret)
        lignes.append(
            f"{numero_d_appel(contribution)};{numero};{emis:%d/%m/%Y};{contribution.montant}"
        )
    return "\n".join(lignes)


def encaissements(*, le: datetime) -> str:
    """Un mandat entier qui nomme son titre,
    un acompte qui nomme l'appel, une somme qui ne nomme rien.
    """
    recu = (le - timedelta(days=10)).astimezone(PARIS).date()
    payee, en_partie = appel(PAYEE), appel(EN_PARTIE)
    titre = TitreDeRecette.objects.get(contribution=payee)
    return "\n".join(
        (
            "reference;date;montant;titre;appel;libelle",
            f"P503-0412;{recu:%d/%m/%Y};{payee.montant};{titre};;{payee.nom}",
            f"P503-0413;{recu:%d/%m/%Y};100,00;;{numero_d_appel(en_partie)};{en_partie.nom}",
            f"P503-0414;{recu:%d/%m/%Y};42,50;;;Virement sans objet",
        )
    )


def a_relire(*, le: datetime) -> str:
    """Un fichier déposé que la comptable n'a pas encore confirmé."""
    recu, titre = (
        (le - timedelta(days=1)).astimezone(PARIS).date(),
        TitreDeRecette.objects.get(contribution=appel(EN_PARTIE)),
    )
    return (
        f"reference;date;montant;titre;appel;libelle\nP503-0430;{recu};50;{titre};;\n"
        f"P503-0431;{recu};8,20;2001-1;;Inconnu"
    )


def deposer(sorte: str, texte: str, troupe: Troupe, *, le: datetime) -> ImportDeRecettes:
    depot = {"sorte": sorte, "nom": f"{sorte}.csv", "octets": texte.encode()}
    return imports.deposer_un_fichier(**depot, par=troupe.personnes["solange"], maintenant=le)  # type: ignore[arg-type]


def importer(sorte: str, texte: str, troupe: Troupe, *, le: datetime) -> ImportDeRecettes:
    solange, depose = troupe.personnes["solange"], deposer(sorte, texte, troupe, le=le)
    empreinte = imports.apercu(depose, le=le.astimezone(PARIS).date()).empreinte
    return imports.appliquer(
        depose=depose, empreinte=empreinte, par=solange, maintenant=le + timedelta(minutes=4)
    )


def se_tromper(troupe: Troupe, *, le: datetime) -> None:
    """Une somme notée sur le mauvais titre, puis contre-passée."""
    solange, jour = troupe.personnes["solange"], le.astimezone(PARIS).date()
    titre = TitreDeRecette.objects.get(contribution=appel(EN_PARTIE))
    recu = Encaissement("P503-0420", jour, Decimal("30.00"), "Régie de la piscine")
    note = paiements.encaisser(titre=titre, encaissement=recu, par=solange, maintenant=le)
    motif = "Ce n'est pas une contribution : régie de la piscine."
    paiements.contre_passer(
        paiement=note, le=jour, motif=motif, par=solange, maintenant=le + timedelta(hours=1)
    )
