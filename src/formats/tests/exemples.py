"""Des documents d'exemple, entièrement inventés, que les tests déforment avec `replace`."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2

from formats import depot, proces_verbal, recepisse, registre_des_depots
from formats.dates import PARIS

LIMITE = datetime(2027, 1, 12, 12, 0, tzinfo=PARIS)
RECU_LE = datetime(2027, 1, 12, 11, 58, 7, 412_999, tzinfo=PARIS)
EMPREINTE = bytes.fromhex("78ad5b9691bdc552dda154873295f81a3bb9b7814d18847fa4ee3a06dcc37392")
EXPLOITANT = "Centre de gestion de Trébuchet"


def hexa(texte: str) -> str:
    return hashlib.sha256(texte.encode("utf-8", "replace")).hexdigest()


def fichier(nom: str, taille: int = 1_212_000, source: str = "declaree") -> depot.FichierRecu:
    return depot.FichierRecu(
        nom=nom, taille=taille, racine=hexa(f"racine {nom}"), sha256=hexa(nom), sha256_source=source
    )


def enveloppe(
    *fichiers: depot.FichierRecu, nature: str = "offre", lot: int | None = 1
) -> depot.EnveloppeRecue:
    return depot.EnveloppeRecue(
        enveloppe=nature,
        lot=lot,
        empreinte=hexa("cle")[:32],
        engagement=hexa("engagement"),
        fichiers=fichiers,
        manifeste=fichier("manifeste.age", 2_412),
    )


def un_depot(*enveloppes: depot.EnveloppeRecue, recu_le: datetime = RECU_LE) -> depot.Depot:
    candidature = enveloppe(fichier("dc1.pdf", 310_400), nature="candidature", lot=None)
    return depot.Depot(
        nonce="0" * 32,
        recepisse="D-2027-00031",
        deposant=depot.Deposant(
            nom="Dupont SARL", identifiant="SIRET 999 123 456 00017", personne="Camille Dupont"
        ),
        acheteur=depot.Acheteur(nom="Commune de Saint-Ambroise", siret="999 000 111 00012"),
        consultation=depot.ConsultationVisee(
            reference="2026-0142",
            titre="Réfection de la toiture de l’école",
            objet="Travaux de couverture",
        ),
        lots=(1,),
        recu_le=recu_le,
        debut_transmission=RECU_LE - timedelta(minutes=18),
        fin_transmission=RECU_LE - timedelta(seconds=40),
        date_limite=LIMITE,
        hors_delai=recu_le > LIMITE,
        remplace=None,
        version_client="navigateur 1.0.0",
        enveloppes=enveloppes
        or (candidature, enveloppe(fichier("memoire-technique.pdf", 84_012_000))),
    )


def un_recepisse(un_depot_precis: depot.Depot | None = None) -> recepisse.Recepisse:
    return recepisse.Recepisse(
        depot=un_depot_precis or un_depot(),
        empreinte=EMPREINTE,
        intitules_des_lots=((1, "couverture en ardoise"),),
        est_une_concession=False,
        horodatage=recepisse.Horodatage(
            qualifie=False, emis_le=RECU_LE, autorite="Horodatage du service"
        ),
        place=recepisse.PlaceAuRegistre(ecriture=18_204, taille=18_210),
        service=recepisse.Service(
            exploitant=EXPLOITANT,
            serveur="beffroi-1",
            assistance="Appelez le 01 99 00 12 34.",
            adresse_de_verification="https://marches.example/verifier/",
            adresse_des_reponses="https://marches.example/reponses/",
        ),
        etabli_le=RECU_LE + timedelta(seconds=1),
    )


def une_ligne(
    *, entreprise: str = "Dupont SARL", hors_delai: bool = False
) -> registre_des_depots.LigneDuRegistre:
    return registre_des_depots.LigneDuRegistre(
        ecriture=18_204,
        recepisse="D-2027-00031",
        recu_le=RECU_LE,
        entreprise=entreprise,
        identifiant="SIRET 999 123 456 00017",
        lots=(1, 2),
        enveloppes=2,
        fichiers=6,
        octets=86_500_000,
        hors_delai=hors_delai,
        etat="Reçu",
        remplace=None,
        support="électronique",
        empreinte=EMPREINTE.hex(),
    )


def un_registre(*lignes: registre_des_depots.LigneDuRegistre) -> registre_des_depots.Registre:
    return registre_des_depots.Registre(
        reference="2026-0142",
        titre="Réfection de la toiture de l’école",
        acheteur="Commune de Saint-Ambroise",
        exploitant=EXPLOITANT,
        date_limite=LIMITE,
        lignes=lignes,
        etabli_le=LIMITE + timedelta(hours=1),
    )


def un_proces_verbal() -> proces_verbal.ProcesVerbal:
    debut = datetime(2027, 1, 13, 18, 2, tzinfo=PARIS)
    piece = proces_verbal.PieceOuverte(
        nom="memoire.pdf", taille=84_000_000, sha256=hexa("memoire"), intacte=True
    )
    abimee = proces_verbal.PieceOuverte(
        nom="prix.ods", taille=52_300, sha256=hexa("prix"), intacte=False
    )
    return proces_verbal.ProcesVerbal(
        reference="PV-2027-00007",
        consultation=proces_verbal.ConsultationOuverte(
            reference="2026-0142",
            titre="Réfection de la toiture de l’école",
            objet="Travaux de couverture",
            acheteur="Commune de Saint-Ambroise",
            date_limite=LIMITE,
        ),
        exploitant=EXPLOITANT,
        lieu="Salle du conseil",
        ouverte_le=debut,
        close_le=debut + timedelta(hours=1, minutes=8, seconds=32),
        membres=(
            proces_verbal.Membre(
                nom="Alix Verdier", qualite="maire", declaration="N’a aucun lien avec eux."
            ),
            proces_verbal.Membre(
                nom="Bilal Roche", qualite="adjoint", declaration="N’a aucun lien avec eux."
            ),
        ),
        politique_de_cles="Double contrôle : 2 clés sur 3 suffisent.",
        tours_de_cle=(
            proces_verbal.TourDeCle(
                nom="Alix Verdier", qualite="membre", tournee_le=debut + timedelta(minutes=4)
            ),
        ),
        recours_aux_gardiens=None,
        depots=(
            proces_verbal.DepotInscrit(
                recepisse="D-2027-00031",
                entreprise="Dupont SARL",
                recu_le=RECU_LE,
                hors_delai=False,
                support="électronique",
            ),
        ),
        enveloppes=(
            proces_verbal.EnveloppeOuverte(
                entreprise="Dupont SARL",
                recepisse="D-2027-00031",
                enveloppe="offre",
                lot=1,
                recu_le=RECU_LE,
                ouverte_le=debut + timedelta(minutes=6),
                empreinte_du_depot=EMPREINTE,
                pieces=(piece, abimee),
                anomalies=("L’attestation manque.",),
                observations=("À demander après la séance.",),
            ),
        ),
        hors_delai=(
            proces_verbal.PliHorsDelai(
                entreprise="Ecovert",
                recepisse="D-2027-00032",
                recu_le=LIMITE + timedelta(minutes=3, seconds=7),
                preuves=("Dernière partie reçue à 11:57:30,900.",),
                decision="Rejeté",
                motif="Déposé après l’heure limite, sans panne du service.",
            ),
        ),
        incidents=(
            proces_verbal.Incident(
                survenu_le=debut + timedelta(minutes=18), texte="Coupure du réseau de la mairie."
            ),
        ),
        remarques=("La commission se réunira de nouveau.",),
        version_du_logiciel="Beffroi 1.0.0",
        empreintes=(("Racine du journal", hexa("racine")),),
        etabli_le=debut + timedelta(hours=1, minutes=9),
    )


def pages(octets: bytes) -> list[str]:
    """Le texte de chaque page, espaces insécables et sauts de ligne rendus simples."""
    document = pypdfium2.PdfDocument(BytesIO(octets))
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def texte(octets: bytes) -> str:
    return " ".join(pages(octets))
