<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Free to use, change and pass on (MIT). Qt is used under the LGPL 3.</source>
        <translation>Darf frei benutzt, geändert und weitergegeben werden (MIT). Qt steht unter der LGPL 3.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Open the manual (F1)</source>
        <translation>Das Handbuch öffnen (F1)</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>Find the best of them, on the New job page</source>
        <translation>Die besten davon finden, auf der Seite „Neuer Auftrag“</translation>
    </message>
    <message>
        <source>Load these</source>
        <translation>Diese laden</translation>
    </message>
    <message>
        <source>Score these</source>
        <translation>Diese bewerten</translation>
    </message>
    <message>
        <source>Show them on the New job page, ready to start</source>
        <translation>Auf der Seite „Neuer Auftrag“ zeigen, bereit zum Start</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>of {0} documents match the filter</source>
        <translation>von {0} Dokumenten passen zum Filter</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>1 retry</source>
        <translation>1 Wiederholung</translation>
    </message>
    <message>
        <source>Add a column with the file&apos;s name</source>
        <translation>Spalte mit dem Dateinamen anfügen</translation>
    </message>
    <message>
        <source>Add a column with the line number</source>
        <translation>Spalte mit der Zeilennummer anfügen</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Also the folders inside</source>
        <translation>Auch die Ordner darin</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>Nach Datum</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Find out types (otherwise all is text)</source>
        <translation>Typen ermitteln (sonst ist alles Text)</translation>
    </message>
    <message>
        <source>No progress for at most</source>
        <translation>Ohne Fortschritt höchstens</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Order of the files</source>
        <translation>Reihenfolge der Dateien</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Retries after a failure</source>
        <translation>Wiederholungen nach einem Fehler</translation>
    </message>
    <message>
        <source>Starts per second</source>
        <translation>Starts je Sekunde</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <source>Whole run at most</source>
        <translation>Ganzer Lauf höchstens</translation>
    </message>
    <message>
        <source>Without progress</source>
        <translation>Ohne Fortschritt</translation>
    </message>
    <message>
        <source>no start limit</source>
        <translation>Starts unbegrenzt</translation>
    </message>
    <message>
        <source>{0} retries</source>
        <translation>{0} Wiederholungen</translation>
    </message>
    <message>
        <source>{0} starts per second</source>
        <translation>{0} Starts je Sekunde</translation>
    </message>
</context>
<context>
    <name>BrowseArea</name>
    <message>
        <source>Choose a collection</source>
        <translation>Eine Sammlung wählen</translation>
    </message>
    <message>
        <source>Find a collection</source>
        <translation>Sammlung suchen</translation>
    </message>
    <message>
        <source>First documents</source>
        <translation>Erste Dokumente</translation>
    </message>
    <message>
        <source>How documents are shown</source>
        <translation>Wie Dokumente gezeigt werden</translation>
    </message>
    <message>
        <source>Its first documents are shown here.</source>
        <translation>Hier erscheinen ihre ersten Dokumente.</translation>
    </message>
    <message>
        <source>No collections here</source>
        <translation>Keine Sammlungen</translation>
    </message>
    <message>
        <source>Nothing to see yet</source>
        <translation>Noch nichts zu sehen</translation>
    </message>
    <message>
        <source>Or none that this user may see.</source>
        <translation>Oder keine, die dieser Benutzer sehen darf.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The chosen document</source>
        <translation>Das gewählte Dokument</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
</context>
<context>
    <name>ChartPanel</name>
    <message>
        <source>Last 6 min</source>
        <translation>Letzte 6 min</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Rows/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>Die Zahlen als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed over time</source>
        <translation>Tempo im Lauf der Zeit</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>Was gemessen wird</translation>
    </message>
    <message>
        <source>Which time</source>
        <translation>Welcher Zeitraum</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
</context>
<context>
    <name>CollectionCard</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a collection on the Connections page</source>
        <translation>Eine Sammlung auf der Seite „Verbindungen“ wählen</translation>
    </message>
    <message>
        <source>Choose one in Connections</source>
        <translation>Unter „Verbindungen“ wählen</translation>
    </message>
    <message>
        <source>No collection yet</source>
        <translation>Noch keine Sammlung</translation>
    </message>
    <message>
        <source>Only {0}</source>
        <translation>Nur {0}</translation>
    </message>
    <message>
        <source>Try it with sample data</source>
        <translation>Mit Beispielen probieren</translation>
    </message>
    <message>
        <source>{0} on {1}</source>
        <translation>{0} auf {1}</translation>
    </message>
</context>
<context>
    <name>CollectionChoice</name>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Correct the filter at the left.</source>
        <translation>Bitte den Filter links berichtigen.</translation>
    </message>
    <message>
        <source>Correct the names of the fields.</source>
        <translation>Bitte die Feldnamen berichtigen.</translation>
    </message>
    <message>
        <source>Looking at the documents …</source>
        <translation>Die Dokumente werden angesehen …</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>The filter cannot be read.</source>
        <translation>Der Filter ist nicht lesbar.</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>{0} documents</source>
        <translation>{0} Dokumente</translation>
    </message>
    <message>
        <source>{0} of {1} documents</source>
        <translation>{0} von {1} Dokumenten</translation>
    </message>
    <message>
        <source>{0}, in the order of _id</source>
        <translation>{0}, in der Reihenfolge der _id</translation>
    </message>
</context>
<context>
    <name>CollectionOptions</name>
    <message>
        <source>1 field</source>
        <translation>1 Feld</translation>
    </message>
    <message>
        <source>A chunk is read in one go, tried again as a whole, and shown as one line.</source>
        <translation>Ein Block wird in einem Zug gelesen, als Ganzes wiederholt und als eine Zeile gezeigt.</translation>
    </message>
    <message>
        <source>Chunks of {0}</source>
        <translation>Blöcke zu {0}</translation>
    </message>
    <message>
        <source>Documents per chunk</source>
        <translation>Dokumente je Block</translation>
    </message>
    <message>
        <source>Names with commas between: name, address.city. A list in JSON is taken, too.</source>
        <translation>Namen mit Kommas: name, address.city. Auch eine JSON-Liste geht.</translation>
    </message>
    <message>
        <source>Only these fields</source>
        <translation>Nur diese Felder</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>chunks of {0}</source>
        <translation>Blöcke zu {0}</translation>
    </message>
    <message>
        <source>{0} fields</source>
        <translation>{0} Felder</translation>
    </message>
</context>
<context>
    <name>ComparisonLine</name>
    <message>
        <source>{0}: {1}, weight {2}</source>
        <translation>{0}: {1}, Gewicht {2}</translation>
    </message>
</context>
<context>
    <name>ConnectionForm</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>An address with user name and password can be pasted: it is taken apart.</source>
        <translation>Eine Adresse mit Benutzer und Passwort kann eingefügt werden: Sie wird zerlegt.</translation>
    </message>
    <message>
        <source>Certificates, replica set, read preference</source>
        <translation>Zertifikate, Replikatsatz, Lesevorzug</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Directory (LDAP)</source>
        <translation>Verzeichnis (LDAP)</translation>
    </message>
    <message>
        <source>Encrypted (TLS)</source>
        <translation>Verschlüsselt (TLS)</translation>
    </message>
    <message>
        <source>Kept in the keyring of this system, and nowhere else.</source>
        <translation>Liegt im Schlüsselbund dieses Systems und nirgends sonst.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No sign-in</source>
        <translation>Ohne Anmeldung</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password, SCRAM-SHA-1</source>
        <translation>Passwort, SCRAM-SHA-1</translation>
    </message>
    <message>
        <source>Password, SCRAM-SHA-256</source>
        <translation>Passwort, SCRAM-SHA-256</translation>
    </message>
    <message>
        <source>Sign in with</source>
        <translation>Anmelden mit</translation>
    </message>
    <message>
        <source>This system has no keyring: the password is kept for this session only, and asked for again after the next start.</source>
        <translation>Dieses System hat keinen Schlüsselbund: Das Passwort gilt nur für diese Sitzung, nach dem nächsten Start wird wieder danach gefragt.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation>Benutzername und Passwort</translation>
    </message>
    <message>
        <source>in your keyring</source>
        <translation>im Schlüsselbund</translation>
    </message>
    <message>
        <source>kept for this session only</source>
        <translation>nur für diese Sitzung</translation>
    </message>
</context>
<context>
    <name>ConnectionList</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
</context>
<context>
    <name>ConnectionMore</name>
    <message>
        <source>Accept any certificate</source>
        <translation>Jedes Zertifikat annehmen</translation>
    </message>
    <message>
        <source>Certificate authority (CA)</source>
        <translation>Zertifizierungsstelle (CA)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Eine Datei wählen</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>Database of the user</source>
        <translation>Datenbank des Benutzers</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>Nächster</translation>
    </message>
    <message>
        <source>Not safe: whoever stands between this computer and the server can read along.</source>
        <translation>Nicht sicher: Wer zwischen diesem Rechner und dem Server steht, kann mitlesen.</translation>
    </message>
    <message>
        <source>Primary only</source>
        <translation>Nur der primäre</translation>
    </message>
    <message>
        <source>Primary, else secondary</source>
        <translation>Primär, sonst sekundär</translation>
    </message>
    <message>
        <source>Read from</source>
        <translation>Lesen von</translation>
    </message>
    <message>
        <source>Replica set</source>
        <translation>Replikatsatz</translation>
    </message>
    <message>
        <source>Secondary only</source>
        <translation>Nur sekundäre</translation>
    </message>
    <message>
        <source>Secondary, else primary</source>
        <translation>Sekundär, sonst primär</translation>
    </message>
    <message>
        <source>The whole address (URI)</source>
        <translation>Die ganze Adresse (URI)</translation>
    </message>
    <message>
        <source>Usual (primary)</source>
        <translation>Üblich (primär)</translation>
    </message>
    <message>
        <source>What all fields say, without the password. Changes here change the fields.</source>
        <translation>Was alle Felder sagen, ohne das Passwort. Änderungen hier ändern die Felder.</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>wird gefunden</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>usual: admin</source>
        <translation>üblich: admin</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Connecting to {0} …</source>
        <translation>Verbindung mit {0} …</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the connection {0}?</source>
        <translation>Die Verbindung {0} löschen?</translation>
    </message>
    <message>
        <source>Its password is removed from the keyring, too. The database stays.</source>
        <translation>Auch ihr Passwort wird aus dem Schlüsselbund entfernt. Die Datenbank bleibt.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>No keyring on this system: passwords are kept for this session only</source>
        <translation>Kein Schlüsselbund auf diesem System: Passwörter gelten nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Nothing to see yet</source>
        <translation>Noch nichts zu sehen</translation>
    </message>
    <message>
        <source>Passwords are kept in your system keyring only</source>
        <translation>Passwörter liegen nur im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Test the connection to see what the server holds.</source>
        <translation>Verbindung testen, um zu sehen, was der Server enthält.</translation>
    </message>
    <message>
        <source>The password is missing.</source>
        <translation>Das Passwort fehlt.</translation>
    </message>
    <message>
        <source>Type it, then test the connection.</source>
        <translation>Bitte eintippen, dann die Verbindung testen.</translation>
    </message>
    <message>
        <source>Why stands above.</source>
        <translation>Warum, steht oben.</translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message>
        <source> in the last 6 minutes</source>
        <translation> in den letzten 6 Minuten</translation>
    </message>
    <message>
        <source>No measurement yet.</source>
        <translation>Noch keine Messung.</translation>
    </message>
    <message>
        <source>Now {0}, highest {1}, lowest {2}.</source>
        <translation>Jetzt {0}, höchstens {1}, mindestens {2}.</translation>
    </message>
    <message>
        <source>average of 3 seconds, highest {0}</source>
        <translation>Mittel über 3 Sekunden, höchstens {0}</translation>
    </message>
    <message>
        <source>no measurement yet</source>
        <translation>noch keine Messung</translation>
    </message>
    <message>
        <source>of all processes, highest {0}</source>
        <translation>aller Prozesse, höchstens {0}</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>{0} je Sekunde</translation>
    </message>
</context>
<context>
    <name>DamageNotice</name>
    <message>
        <source>Read it again</source>
        <translation>Neu lesen</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>Neuer Auftrag</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>DialectPopover</name>
    <message>
        <source>Around the cells</source>
        <translation>Um die Zellen</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>Senkrechter Strich</translation>
    </message>
    <message>
        <source>Between the cells</source>
        <translation>Zwischen den Zellen</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Zeichensatz</translation>
    </message>
    <message>
        <source>Colon</source>
        <translation>Doppelpunkt</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Double quotes (&quot;…&quot;)</source>
        <translation>Doppelte Anführungszeichen (&quot;…&quot;)</translation>
    </message>
    <message>
        <source>Find out again</source>
        <translation>Neu ermitteln</translation>
    </message>
    <message>
        <source>Find out again how this file is written</source>
        <translation>Neu ermitteln, wie diese Datei geschrieben ist</translation>
    </message>
    <message>
        <source>For all files</source>
        <translation>Für alle Dateien</translation>
    </message>
    <message>
        <source>For this file</source>
        <translation>Für diese Datei</translation>
    </message>
    <message>
        <source>Header rows</source>
        <translation>Kopfzeilen</translation>
    </message>
    <message>
        <source>Lines to skip</source>
        <translation>Zeilen überspringen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>Single quotes (&apos;…&apos;)</source>
        <translation>Einfache Anführungszeichen (&apos;…&apos;)</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
</context>
<context>
    <name>DocumentsModel</name>
    <message>
        <source>in {0} of {1} documents</source>
        <translation>in {0} von {1} Dokumenten</translation>
    </message>
</context>
<context>
    <name>DriftModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>How it is written</source>
        <translation>Wie sie geschrieben ist</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>missing, filled with empty cells</source>
        <translation>fehlt, wird mit leeren Zellen gefüllt</translation>
    </message>
    <message>
        <source>other type</source>
        <translation>anderer Typ</translation>
    </message>
    <message>
        <source>there</source>
        <translation>da</translation>
    </message>
    <message>
        <source>written differently</source>
        <translation>anders geschrieben</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} Zeilen</translation>
    </message>
</context>
<context>
    <name>DriftPanel</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All {0}</source>
        <translation>Alle {0}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns shown</source>
        <translation>Gezeigte Spalten</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files and where their columns differ</source>
        <translation>Dateien, und wo sich ihre Spalten unterscheiden</translation>
    </message>
    <message>
        <source>Those that differ</source>
        <translation>Mit Unterschieden</translation>
    </message>
    <message>
        <source>{0} found, in this order</source>
        <translation>{0} gefunden, in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>{0} found, the first {1} looked at</source>
        <translation>{0} gefunden, die ersten {1} angesehen</translation>
    </message>
    <message>
        <source>{0} that differ</source>
        <translation>{0} mit Unterschieden</translation>
    </message>
</context>
<context>
    <name>EndNotice</name>
    <message>
        <source>It took {0}.</source>
        <translation>Dauer: {0}.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Cells that begin with = + - or @ are saved so that a spreadsheet shows them as text and does not run them.</source>
        <translation>Zellen, die mit = + - oder @ beginnen, werden so gespeichert, dass eine Tabellenkalkulation sie als Text zeigt und nicht ausführt.</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Feather</translation>
    </message>
    <message>
        <source>Feather (*.feather)</source>
        <translation>Feather (*.feather)</translation>
    </message>
    <message>
        <source>In the order shown</source>
        <translation>In der gezeigten Reihenfolge</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Make formulas harmless</source>
        <translation>Formeln unschädlich machen</translation>
    </message>
    <message>
        <source>Only the rows shown</source>
        <translation>Nur die gezeigten Zeilen</translation>
    </message>
    <message>
        <source>Only what the filter shows: {0}</source>
        <translation>Nur was der Filter zeigt: {0}</translation>
    </message>
    <message>
        <source>Other place or way …</source>
        <translation>Anderer Ort oder andere Art …</translation>
    </message>
    <message>
        <source>Otherwise the rows keep the order of the source.</source>
        <translation>Sonst behalten die Zeilen die Reihenfolge der Quelle.</translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <source>Parquet (*.parquet)</source>
        <translation>Parquet (*.parquet)</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>SQLite (*.sqlite)</source>
        <translation>SQLite (*.sqlite)</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Tabellenkalkulation</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Tabellenkalkulation (*.csv)</translation>
    </message>
</context>
<context>
    <name>ExportPane</name>
    <message>
        <source>About {0}; {1} are free.</source>
        <translation>Etwa {0}; {1} sind frei.</translation>
    </message>
    <message>
        <source>An Excel sheet takes {0} rows; these are more.</source>
        <translation>Ein Excel-Blatt fasst {0} Zeilen; das sind mehr.</translation>
    </message>
    <message>
        <source>Between cells</source>
        <translation>Zwischen Zellen</translation>
    </message>
    <message>
        <source>Choose a place</source>
        <translation>Ort wählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Zeichensatz</translation>
    </message>
    <message>
        <source>Everything: {0}</source>
        <translation>Alles: {0}</translation>
    </message>
    <message>
        <source>Excel (.xlsx)</source>
        <translation>Excel (.xlsx)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Feather</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>In the order shown</source>
        <translation>In der gezeigten Reihenfolge</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>Make formulas harmless</source>
        <translation>Formeln unschädlich machen</translation>
    </message>
    <message>
        <source>MongoDB collection</source>
        <translation>MongoDB-Sammlung</translation>
    </message>
    <message>
        <source>Only the first {0}</source>
        <translation>Nur die ersten {0}</translation>
    </message>
    <message>
        <source>Otherwise the rows keep the order of the source.</source>
        <translation>Sonst behalten die Zeilen die Reihenfolge der Quelle.</translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation>Parquet</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>Vorhandenes ersetzen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the rows</source>
        <translation>Zeilen speichern</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>Several sheets</source>
        <translation>Mehrere Blätter</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Blätter</translation>
    </message>
    <message>
        <source>Spreadsheet (.csv)</source>
        <translation>Tabellenkalkulation (.csv)</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>UTF-16</source>
        <translation>UTF-16</translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>UTF-8 for Excel</source>
        <translation>UTF-8 für Excel</translation>
    </message>
    <message>
        <source>Vertical bar</source>
        <translation>Senkrechter Strich</translation>
    </message>
    <message>
        <source>Western (cp1252)</source>
        <translation>Westlich (cp1252)</translation>
    </message>
    <message>
        <source>What the filter shows: {0}</source>
        <translation>Was der Filter zeigt: {0}</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was saved.</source>
        <translation>Abgebrochen. Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Cancelling the export</source>
        <translation>Der Export bricht ab</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Parquet (*.parquet)</source>
        <translation>Parquet (*.parquet)</translation>
    </message>
    <message>
        <source>Save the best records</source>
        <translation>Die besten Datensätze speichern</translation>
    </message>
    <message>
        <source>Save the ranking</source>
        <translation>Rangliste speichern</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Beleg speichern</translation>
    </message>
    <message>
        <source>Saved as {0}</source>
        <translation>Gespeichert als {0}</translation>
    </message>
    <message>
        <source>Saving {0} …</source>
        <translation>{0} wird gespeichert …</translation>
    </message>
    <message>
        <source>Saving: {0} of {1}, {2}</source>
        <translation>Speichern: {0} von {1}, {2}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Tabellenkalkulation (*.csv)</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0} rows/s</source>
        <translation>{0} Zeilen/s</translation>
    </message>
</context>
<context>
    <name>FieldsModel</name>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>Was vorkam</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message>
        <source>({0} not shown)</source>
        <translation>({0} nicht gezeigt)</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>{0} found in the first {1} documents</source>
        <translation>{0} in den ersten {1} Dokumenten gefunden</translation>
    </message>
    <message>
        <source>{0}, seen in the first {1} rows</source>
        <translation>{0}, in den ersten {1} Zeilen gesehen</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>{0}: click to change, Delete removes it</source>
        <translation>{0}: Klick zum Ändern, Entf entfernt ihn</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Further filters</source>
        <translation>Weitere Filter</translation>
    </message>
    <message>
        <source>Remove all filters</source>
        <translation>Alle Filter entfernen</translation>
    </message>
    <message>
        <source>Remove: {0}</source>
        <translation>Entfernen: {0}</translation>
    </message>
</context>
<context>
    <name>FilterForm</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größter Wert</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Kleinster Wert</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>enthält nicht</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is between</source>
        <translation>liegt zwischen</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>ist nicht leer</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter, for example {0}</source>
        <translation>Filter, zum Beispiel {0}</translation>
    </message>
    <message>
        <source>MongoDB&apos;s extended JSON, for example {0}</source>
        <translation>MongoDBs erweitertes JSON, zum Beispiel {0}</translation>
    </message>
    <message>
        <source>about {0} match</source>
        <translation>etwa {0} passen</translation>
    </message>
    <message>
        <source>{0} match</source>
        <translation>{0} passen</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find a text</source>
        <translation>Text suchen</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß/klein beachten</translation>
    </message>
    <message>
        <source>Next row (F3)</source>
        <translation>Nächste Zeile (F3)</translation>
    </message>
    <message>
        <source>Row before (Shift+F3)</source>
        <translation>Vorige Zeile (Umschalt+F3)</translation>
    </message>
</context>
<context>
    <name>FixPane</name>
    <message>
        <source>(no column)</source>
        <translation>(keine Spalte)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Every column gets its cell.</source>
        <translation>Jede Spalte erhält ihre Zelle.</translation>
    </message>
    <message>
        <source>Gets</source>
        <translation>Erhält</translation>
    </message>
    <message>
        <source>In the file: {0}</source>
        <translation>In der Datei: {0}</translation>
    </message>
    <message>
        <source>Looking the row up</source>
        <translation>Die Zeile wird gesucht</translation>
    </message>
    <message>
        <source>Reload these rows</source>
        <translation>Diese Zeilen neu laden</translation>
    </message>
    <message>
        <source>Reload this row</source>
        <translation>Diese Zeile neu laden</translation>
    </message>
    <message>
        <source>Reload {0} rows</source>
        <translation>{0} Zeilen neu laden</translation>
    </message>
    <message>
        <source>Take the fix back</source>
        <translation>Berichtigung zurücknehmen</translation>
    </message>
    <message>
        <source>The row as it is to be read</source>
        <translation>Die Zeile, wie sie gelesen werden soll</translation>
    </message>
    <message>
        <source>What each column gets</source>
        <translation>Was jede Spalte erhält</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>FoldLine</name>
    <message>
        <source>1 retry</source>
        <translation>1 Wiederholung</translation>
    </message>
    <message>
        <source>Files and speed</source>
        <translation>Dateien und Tempo</translation>
    </message>
    <message>
        <source>no retries</source>
        <translation>keine Wiederholung</translation>
    </message>
    <message>
        <source>{0} and speed</source>
        <translation>{0} und Tempo</translation>
    </message>
    <message>
        <source>{0} retries</source>
        <translation>{0} Wiederholungen</translation>
    </message>
    <message>
        <source>{0} rows/s</source>
        <translation>{0} Zeilen/s</translation>
    </message>
</context>
<context>
    <name>FolderZone</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a folder (Ctrl+O)</source>
        <translation>Ordner wählen (Strg+O)</translation>
    </message>
    <message>
        <source>Choose a folder with CSV files</source>
        <translation>Einen Ordner mit CSV-Dateien wählen</translation>
    </message>
    <message>
        <source>Drop a folder</source>
        <translation>Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Drop another folder here to replace it</source>
        <translation>Anderen Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Looking at the files …</source>
        <translation>Die Dateien werden angesehen …</translation>
    </message>
    <message>
        <source>Nothing to load</source>
        <translation>Nichts zu laden</translation>
    </message>
    <message>
        <source>or type its path</source>
        <translation>oder den Pfad eintippen</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} Zeilen</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Save job</source>
        <translation>Auftrag speichern</translation>
    </message>
    <message>
        <source>Save these settings as a job file (Ctrl+S)</source>
        <translation>Diese Einstellungen als Auftragsdatei speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start the job (Ctrl+Enter)</source>
        <translation>Den Auftrag starten (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>You get one table</source>
        <translation>Es entsteht eine Tabelle</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Choose where to save</source>
        <translation>Speicherort wählen</translation>
    </message>
    <message>
        <source>Chunks at once</source>
        <translation>Blöcke zugleich</translation>
    </message>
    <message>
        <source>Earlier run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Feather (*.feather)</source>
        <translation>Feather (*.feather)</translation>
    </message>
    <message>
        <source>Files at once</source>
        <translation>Dateien zugleich</translation>
    </message>
    <message>
        <source>Finish the rest, then tell me</source>
        <translation>Rest beenden, dann melden</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>How to run</source>
        <translation>Wie es läuft</translation>
    </message>
    <message>
        <source>It is there already: replace it</source>
        <translation>Schon vorhanden: ersetzen</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Keep all columns</source>
        <translation>Alle Spalten behalten</translation>
    </message>
    <message>
        <source>Keep all {0} columns</source>
        <translation>Alle {0} Spalten behalten</translation>
    </message>
    <message>
        <source>Keep the {0} that all files have</source>
        <translation>Die {0} gemeinsamen behalten</translation>
    </message>
    <message>
        <source>Keep those that all files have</source>
        <translation>Nur gemeinsame behalten</translation>
    </message>
    <message>
        <source>Load into one table</source>
        <translation>In Tabelle laden</translation>
    </message>
    <message>
        <source>MongoDB</source>
        <translation>MongoDB</translation>
    </message>
    <message>
        <source>Names with * for anything, separated by commas. Compressed files count too.</source>
        <translation>Namen mit * für Beliebiges, mit Kommas getrennt. Gepackte Dateien zählen mit.</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>Neuer Auftrag</translation>
    </message>
    <message>
        <source>Only files named</source>
        <translation>Nur Dateien namens</translation>
    </message>
    <message>
        <source>Parquet (*.parquet)</source>
        <translation>Parquet (*.parquet)</translation>
    </message>
    <message>
        <source>Save the result as</source>
        <translation>Ergebnis speichern als</translation>
    </message>
    <message>
        <source>Score the rows</source>
        <translation>Zeilen bewerten</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Tabellenkalkulation (*.csv)</translation>
    </message>
    <message>
        <source>Stop at the first failure</source>
        <translation>Beim ersten Fehler anhalten</translation>
    </message>
    <message>
        <source>Stop when they differ</source>
        <translation>Bei Unterschieden anhalten</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>When a chunk fails</source>
        <translation>Wenn ein Block scheitert</translation>
    </message>
    <message>
        <source>When a file fails</source>
        <translation>Wenn eine Datei scheitert</translation>
    </message>
    <message>
        <source>When the files have different columns</source>
        <translation>Bei verschiedenen Spalten</translation>
    </message>
    <message>
        <source>Where the data is</source>
        <translation>Wo die Daten liegen</translation>
    </message>
    <message>
        <source>in the run only</source>
        <translation>nur im Lauf</translation>
    </message>
</context>
<context>
    <name>FrequentBars</name>
    <message>
        <source>Most frequent</source>
        <translation>Am häufigsten</translation>
    </message>
</context>
<context>
    <name>HintBar</name>
    <message>
        <source>Next hint</source>
        <translation>Nächster Hinweis</translation>
    </message>
    <message>
        <source>Show values</source>
        <translation>Werte zeigen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>JsonPane</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Line {0}, column {1}: {2}</source>
        <translation>Zeile {0}, Spalte {1}: {2}</translation>
    </message>
    <message>
        <source>Reference as JSON</source>
        <translation>Vorlage als JSON</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Übernehmen</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Broken off, tried again</source>
        <translation>Unterbrochen, wiederholt</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Aufgehalten</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Worker stopped</source>
        <translation>Prozess beendet</translation>
    </message>
    <message>
        <source>missing, filled with empty cells</source>
        <translation>fehlt, wird mit leeren Zellen gefüllt</translation>
    </message>
    <message>
        <source>other type</source>
        <translation>anderer Typ</translation>
    </message>
    <message>
        <source>there</source>
        <translation>da</translation>
    </message>
    <message>
        <source>written differently</source>
        <translation>anders geschrieben</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy report…</source>
        <translation>Bericht kopieren …</translation>
    </message>
    <message>
        <source>Copy the selected entries, or all that are shown</source>
        <translation>Die gewählten Einträge kopieren, oder alle gezeigten</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Which entries</source>
        <translation>Welche Einträge</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} Einträge</translation>
    </message>
    <message>
        <source>{0} of {1} entries</source>
        <translation>{0} von {1} Einträgen</translation>
    </message>
</context>
<context>
    <name>LongitudeChoice</name>
    <message>
        <source>Field of the longitude</source>
        <translation>Feld der Länge</translation>
    </message>
    <message>
        <source>Longitude compared with</source>
        <translation>Länge, mit der verglichen wird</translation>
    </message>
    <message>
        <source>The field of the longitude; the one before it has the latitude</source>
        <translation>Das Feld der Länge; das davor hat die Breite</translation>
    </message>
    <message>
        <source>and longitude</source>
        <translation>und Länge</translation>
    </message>
    <message>
        <source>longitude …</source>
        <translation>Länge …</translation>
    </message>
    <message>
        <source>longitude: {0}</source>
        <translation>Länge: {0}</translation>
    </message>
</context>
<context>
    <name>LookedAt</name>
    <message>
        <source>Choose another folder or pattern.</source>
        <translation>Bitte einen anderen Ordner oder ein anderes Muster wählen.</translation>
    </message>
    <message>
        <source>Choose one, or drop it anywhere on this window.</source>
        <translation>Bitte einen wählen oder irgendwo auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Die Dateien werden angesehen</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>Noch kein Ordner</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>Scorecard</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>What is shown above the first rows</source>
        <translation>Was über den ersten Zeilen steht</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Cancel and close</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>Cancel the run and close?</source>
        <translation>Den Lauf abbrechen und schließen?</translation>
    </message>
    <message>
        <source>Cancel {0} runs and close?</source>
        <translation>{0} Läufe abbrechen und schließen?</translation>
    </message>
    <message>
        <source>Cancelling, then closing</source>
        <translation>Bricht ab, dann schließt es</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>{0} are still running. Files that are finished stay in the runs&apos; folders, and the runs can be resumed from there.</source>
        <translation>{0} laufen noch. Fertige Dateien bleiben in den Ordnern der Läufe, und von dort lassen sich die Läufe fortsetzen.</translation>
    </message>
    <message>
        <source>{0} is still running. Files that are finished stay in the run&apos;s folder, and the run can be resumed from there.</source>
        <translation>{0} läuft noch. Fertige Dateien bleiben im Ordner des Laufs, und von dort lässt er sich fortsetzen.</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Loadline manual</source>
        <translation>Handbuch von Loadline</translation>
    </message>
</context>
<context>
    <name>MarkGroups</name>
    <message>
        <source>1 retry</source>
        <translation>1 Wiederholung</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>weiter</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>source away {0} times</source>
        <translation>Quelle {0}-mal weg</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>{0} events</source>
        <translation>{0} Ereignisse</translation>
    </message>
    <message>
        <source>{0} retries</source>
        <translation>{0} Wiederholungen</translation>
    </message>
    <message>
        <source>{0} workers restarted</source>
        <translation>{0} Prozesse neu gestartet</translation>
    </message>
</context>
<context>
    <name>MovedSource</name>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>It reads {0}, which is not on this computer. What it has read is kept and can be shown and exported. Choose where the files are now to go on.</source>
        <translation>Er liest {0}, das es auf diesem Rechner nicht gibt. Was er gelesen hat, bleibt und kann angesehen und exportiert werden. Wählen Sie, wo die Dateien jetzt sind, um fortzufahren.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>The files of this run are not here</source>
        <translation>Die Dateien dieses Laufs sind nicht hier</translation>
    </message>
    <message>
        <source>Where are the files now?</source>
        <translation>Wo sind die Dateien jetzt?</translation>
    </message>
</context>
<context>
    <name>NewJobPage</name>
    <message>
        <source>Choose a folder.</source>
        <translation>Bitte einen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose another name, or replace it.</source>
        <translation>Bitte einen anderen Namen wählen oder ersetzen.</translation>
    </message>
    <message>
        <source>Choose one, or drop it anywhere on this window.</source>
        <translation>Bitte einen wählen oder irgendwo auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Job (*.loadline *.toml)</source>
        <translation>Auftrag (*.loadline *.toml)</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Die Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Looking at the files …</source>
        <translation>Die Dateien werden angesehen …</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>Neuer Auftrag</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>Noch kein Ordner</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Nothing to load</source>
        <translation>Nichts zu laden</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>Open a saved job</source>
        <translation>Auftrag öffnen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Ready to start</source>
        <translation>Bereit zum Start</translation>
    </message>
    <message>
        <source>Save the job</source>
        <translation>Den Auftrag speichern</translation>
    </message>
    <message>
        <source>See above.</source>
        <translation>Siehe oben.</translation>
    </message>
    <message>
        <source>Seven files of ships calling at a harbour, 58,400 rows. Takes two seconds.</source>
        <translation>Sieben Dateien über Schiffe in einem Hafen, 58.400 Zeilen. Dauert zwei Sekunden.</translation>
    </message>
    <message>
        <source>You get a score for every row</source>
        <translation>Jede Zeile erhält eine Punktzahl</translation>
    </message>
    <message>
        <source>You get one table</source>
        <translation>Es entsteht eine Tabelle</translation>
    </message>
    <message>
        <source>{0} rows, {1} columns</source>
        <translation>{0} Zeilen, {1} Spalten</translation>
    </message>
    <message>
        <source>{0}, in file order</source>
        <translation>{0}, in der Reihenfolge der Dateien</translation>
    </message>
</context>
<context>
    <name>NoConnections</name>
    <message>
        <source>Add a MongoDB server to see what it holds, and to load from it.</source>
        <translation>Einen MongoDB-Server anfügen, um zu sehen, was er enthält, und daraus zu laden.</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>No connections yet</source>
        <translation>Noch keine Verbindungen</translation>
    </message>
    <message>
        <source>Starting the sample server …</source>
        <translation>Der Beispielserver startet …</translation>
    </message>
    <message>
        <source>Starts a small database server on this computer; it ends with the program.</source>
        <translation>Startet einen kleinen Datenbankserver auf diesem Rechner; er endet mit dem Programm.</translation>
    </message>
    <message>
        <source>Try it with sample data</source>
        <translation>Mit Beispielen probieren</translation>
    </message>
</context>
<context>
    <name>OutputTarget</name>
    <message>
        <source>Collection for the result</source>
        <translation>Sammlung für das Ergebnis</translation>
    </message>
    <message>
        <source>Connection for the result</source>
        <translation>Verbindung für das Ergebnis</translation>
    </message>
    <message>
        <source>Database for the result</source>
        <translation>Datenbank für das Ergebnis</translation>
    </message>
    <message>
        <source>Into a MongoDB collection</source>
        <translation>In eine MongoDB-Sammlung</translation>
    </message>
    <message>
        <source>Name the collection for the result.</source>
        <translation>Bitte die Sammlung für das Ergebnis nennen.</translation>
    </message>
    <message>
        <source>Replace it if it is there</source>
        <translation>Ersetzen, falls vorhanden</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>new collection</source>
        <translation>neue Sammlung</translation>
    </message>
</context>
<context>
    <name>OwnMeasures</name>
    <message>
        <source>Measures in it are listed after the next start. The manual says how.</source>
        <translation>Maße darin stehen nach dem nächsten Start in der Liste. Das Handbuch sagt, wie.</translation>
    </message>
    <message>
        <source>Own measures: put them into {0}</source>
        <translation>Eigene Maße gehören in {0}</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>PasswordQuestion</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>It is kept in your system keyring, and nowhere else.</source>
        <translation>Es liegt im Schlüsselbund des Systems und nirgends sonst.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password for {0}</source>
        <translation>Passwort für {0}</translation>
    </message>
    <message>
        <source>This system has no keyring: it is kept until the program is closed, and written nowhere.</source>
        <translation>Dieses System hat keinen Schlüsselbund: Es gilt, bis das Programm geschlossen wird, und wird nirgends aufgeschrieben.</translation>
    </message>
    <message>
        <source>User {0} on {1}.</source>
        <translation>Benutzer {0} auf {1}.</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Click a type to change it</source>
        <translation>Ein Klick auf einen Typ ändert ihn</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Erste Zeilen</translation>
    </message>
</context>
<context>
    <name>ProblemModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>ProblemRows</name>
    <message>
        <source>Line {0} is not in the result: it was not loaded as a row.</source>
        <translation>Zeile {0} ist nicht im Ergebnis: Sie wurde nicht als Datenzeile geladen.</translation>
    </message>
</context>
<context>
    <name>ProblemTable</name>
    <message>
        <source>Copy message</source>
        <translation>Meldung kopieren</translation>
    </message>
    <message>
        <source>Copy what stands there</source>
        <translation>Kopieren, was dort steht</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Show the row in the result	Ctrl+Enter</source>
        <translation>Zeile im Ergebnis zeigen	Strg+Eingabe</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>Byte {0}</source>
        <translation>Byte {0}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Check the row in the result</source>
        <translation>Die Zeile im Ergebnis ansehen</translation>
    </message>
    <message>
        <source>Correct the file, then load it again</source>
        <translation>Die Datei berichtigen, dann neu laden</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Line {0}</source>
        <translation>Zeile {0}</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing: it is being tried again</source>
        <translation>Nichts: Es wird gerade wiederholt</translation>
    </message>
    <message>
        <source>Nothing: it is tried again by itself</source>
        <translation>Nichts: Es wird von selbst wiederholt</translation>
    </message>
    <message>
        <source>Retry unfinished</source>
        <translation>Rest wiederholen</translation>
    </message>
    <message>
        <source>Try {0} of {1}</source>
        <translation>Versuch {0} von {1}</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} Datensätze</translation>
    </message>
</context>
<context>
    <name>ProblemsTab</name>
    <message>
        <source>No problem so far.</source>
        <translation>Bisher kein Problem.</translation>
    </message>
</context>
<context>
    <name>QueryWords</name>
    <message>
        <source>Sorted by {0}</source>
        <translation>Sortiert nach {0}</translation>
    </message>
    <message>
        <source>Write a value first.</source>
        <translation>Bitte erst einen Wert eingeben.</translation>
    </message>
    <message>
        <source>{0} contains {1}</source>
        <translation>{0} enthält {1}</translation>
    </message>
    <message>
        <source>{0} does not contain {1}</source>
        <translation>{0} enthält nicht {1}</translation>
    </message>
    <message>
        <source>{0} from {1} to {2}</source>
        <translation>{0} von {1} bis {2}</translation>
    </message>
    <message>
        <source>{0} is empty</source>
        <translation>{0} ist leer</translation>
    </message>
    <message>
        <source>{0} is not empty</source>
        <translation>{0} ist nicht leer</translation>
    </message>
    <message>
        <source>{0} is not {1}</source>
        <translation>{0} ist nicht {1}</translation>
    </message>
    <message>
        <source>{0} is {1}</source>
        <translation>{0} ist {1}</translation>
    </message>
    <message>
        <source>{0}, ascending</source>
        <translation>{0}, aufsteigend</translation>
    </message>
    <message>
        <source>{0}, descending</source>
        <translation>{0}, absteigend</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>Letzte Läufe</translation>
    </message>
</context>
<context>
    <name>RankingModel</name>
    <message>
        <source>#</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>What makes it up</source>
        <translation>Woraus sie sich ergeben</translation>
    </message>
</context>
<context>
    <name>RankingTab</name>
    <message>
        <source>All scores</source>
        <translation>Alle Punkte</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the {0}</source>
        <translation>{0} exportieren</translation>
    </message>
    <message>
        <source>Last change {0} ago</source>
        <translation>Letzte Änderung vor {0}</translation>
    </message>
    <message>
        <source>Nothing scored yet</source>
        <translation>Noch nichts bewertet</translation>
    </message>
    <message>
        <source>Save this ranking as a spreadsheet</source>
        <translation>Diese Rangliste als Tabelle speichern</translation>
    </message>
    <message>
        <source>Top {0}</source>
        <translation>Die besten {0}</translation>
    </message>
    <message>
        <source>Unchanged for the last {0}</source>
        <translation>Unverändert seit {0}</translation>
    </message>
    <message>
        <source>how many records per score</source>
        <translation>wie viele Datensätze je Punktzahl</translation>
    </message>
</context>
<context>
    <name>RankingTable</name>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
</context>
<context>
    <name>ReceiptModel</name>
    <message>
        <source>#</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>Gelesene Zeilen</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sek.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Anläufe</translation>
    </message>
</context>
<context>
    <name>ReceiptStrip</name>
    <message>
        <source>Show receipt</source>
        <translation>Beleg zeigen</translation>
    </message>
</context>
<context>
    <name>ReceiptTab</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Rows read = loaded + rejected, for every file.</source>
        <translation>Gelesene Zeilen = geladene + abgelehnte, für jede Datei.</translation>
    </message>
    <message>
        <source>Save as .csv</source>
        <translation>Als .csv speichern</translation>
    </message>
    <message>
        <source>The receipt is written when the run has ended.</source>
        <translation>Der Beleg wird geschrieben, wenn der Lauf zu Ende ist.</translation>
    </message>
</context>
<context>
    <name>ReceiptWords</name>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>Balanced: {0} in {1}, all accounted for</source>
        <translation>Ausgeglichen: {0} in {1}, alles belegt</translation>
    </message>
    <message>
        <source>Balanced: {0} in {1}, {2} set aside</source>
        <translation>Ausgeglichen: {0} in {1}, {2} beiseite gelegt</translation>
    </message>
    <message>
        <source>Balanced: {0}, all accounted for</source>
        <translation>Ausgeglichen: {0}, alles belegt</translation>
    </message>
    <message>
        <source>Balanced: {0}, {1} set aside</source>
        <translation>Ausgeglichen: {0}, {1} beiseite gelegt</translation>
    </message>
    <message>
        <source>Every {0} was checked against its checksum.</source>
        <translation>Die Prüfsumme stimmt, geprüft für jede Einheit ({0}).</translation>
    </message>
    <message>
        <source>Not balanced: the stored rows of {0} were changed</source>
        <translation>Nicht ausgeglichen: Die gespeicherten Zeilen von {0} wurden verändert</translation>
    </message>
    <message>
        <source>Not balanced: {0} has {1} too many</source>
        <translation>Nicht ausgeglichen: {0} hat {1} zu viel</translation>
    </message>
    <message>
        <source>Not balanced: {0} is short by {1}</source>
        <translation>Nicht ausgeglichen: {0} fehlen {1}</translation>
    </message>
    <message>
        <source>Not complete: {0} of {1} are missing</source>
        <translation>Nicht vollständig: {0} von {1} fehlen</translation>
    </message>
    <message>
        <source>Not complete: {0} of {1} is missing</source>
        <translation>Nicht vollständig: {0} von {1} fehlt</translation>
    </message>
    <message>
        <source>Not complete: {0} of {1} was cancelled</source>
        <translation>Nicht vollständig: {0} von {1} wurde abgebrochen</translation>
    </message>
    <message>
        <source>Not complete: {0} of {1} were cancelled</source>
        <translation>Nicht vollständig: {0} von {1} wurden abgebrochen</translation>
    </message>
    <message>
        <source>Nothing was loaded</source>
        <translation>Nichts wurde geladen</translation>
    </message>
    <message>
        <source>What was stored was checked against its checksum.</source>
        <translation>Die Prüfsumme des Gespeicherten stimmt.</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>{0} documents</source>
        <translation>{0} Dokumente</translation>
    </message>
    <message>
        <source>{0} of the others are loaded. Missing: {1}.</source>
        <translation>{0} der übrigen sind geladen. Es fehlen: {1}.</translation>
    </message>
    <message>
        <source>{0} read = {1} loaded + {2} rejected.</source>
        <translation>{0} gelesen = {1} geladen + {2} abgelehnt.</translation>
    </message>
    <message>
        <source>{0} read, but {1} loaded + {2} rejected.</source>
        <translation>{0} gelesen, aber {1} geladen + {2} abgelehnt.</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} Zeilen</translation>
    </message>
</context>
<context>
    <name>RecentItem</name>
    <message>
        <source>not dismissed</source>
        <translation>noch nicht abgehakt</translation>
    </message>
</context>
<context>
    <name>RecentJobs</name>
    <message>
        <source>Open a job that was saved (Ctrl+Shift+O)</source>
        <translation>Einen gespeicherten Auftrag öffnen (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <source>Open a saved job …</source>
        <translation>Auftrag öffnen …</translation>
    </message>
    <message>
        <source>Saved jobs</source>
        <translation>Abgelegt</translation>
    </message>
</context>
<context>
    <name>RecordModel</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>This record</source>
        <translation>Dieser Datensatz</translation>
    </message>
</context>
<context>
    <name>RecordPane</name>
    <message>
        <source>From row {0} of the run {1}</source>
        <translation>Aus Zeile {0} des Laufs {1}</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Aus {0}</translation>
    </message>
    <message>
        <source>From {0}, line {1}</source>
        <translation>Aus {0}, Zeile {1}</translation>
    </message>
    <message>
        <source>Hide all fields</source>
        <translation>Alle Felder verbergen</translation>
    </message>
    <message>
        <source>It has changed since it was scored: {0}.</source>
        <translation>Er hat sich seit der Bewertung geändert: {0}.</translation>
    </message>
    <message>
        <source>Read the whole record from its source</source>
        <translation>Den ganzen Datensatz aus seiner Quelle lesen</translation>
    </message>
    <message>
        <source>Reading the record from its source</source>
        <translation>Der Datensatz wird aus seiner Quelle gelesen</translation>
    </message>
    <message>
        <source>Show all fields</source>
        <translation>Alle Felder zeigen</translation>
    </message>
    <message>
        <source>The file has changed since it was scored, this record has not.</source>
        <translation>Die Datei hat sich seit der Bewertung geändert, dieser Datensatz nicht.</translation>
    </message>
</context>
<context>
    <name>RecordTable</name>
    <message>
        <source>All fields of the record</source>
        <translation>Alle Felder des Datensatzes</translation>
    </message>
</context>
<context>
    <name>RecordsChoice</name>
    <message>
        <source>Choose a collection.</source>
        <translation>Bitte eine Sammlung wählen.</translation>
    </message>
    <message>
        <source>Choose an earlier run.</source>
        <translation>Bitte einen früheren Lauf wählen.</translation>
    </message>
    <message>
        <source>Choose another collection, or correct the connection.</source>
        <translation>Bitte eine andere Sammlung wählen oder die Verbindung berichtigen.</translation>
    </message>
    <message>
        <source>Choose another run, or run that job again.</source>
        <translation>Bitte einen anderen Lauf wählen oder jenen Auftrag wiederholen.</translation>
    </message>
    <message>
        <source>Choose one at the left, under Source.</source>
        <translation>Bitte links unter „Quelle“ einen wählen.</translation>
    </message>
    <message>
        <source>Choose one on the Connections page.</source>
        <translation>Bitte auf der Seite „Verbindungen“ eine wählen.</translation>
    </message>
    <message>
        <source>Looking at the documents</source>
        <translation>Die Dokumente werden angesehen</translation>
    </message>
    <message>
        <source>Looking at the rows</source>
        <translation>Die Zeilen werden angesehen</translation>
    </message>
    <message>
        <source>No collection yet</source>
        <translation>Noch keine Sammlung</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
</context>
<context>
    <name>ReferenceList</name>
    <message>
        <source>All: each with its nearest</source>
        <translation>Alle: jeder mit dem nächsten</translation>
    </message>
    <message>
        <source>Find a reference</source>
        <translation>Vorlage suchen</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>{0} references</source>
        <translation>{0} Vorlagen</translation>
    </message>
</context>
<context>
    <name>ReferenceSource</name>
    <message>
        <source>Add a connection under Connections first.</source>
        <translation>Bitte zuerst unter „Verbindungen“ eine anfügen.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>CSV, JSON, JSON lines or Parquet, one reference per row</source>
        <translation>CSV, JSON, JSON-Zeilen oder Parquet, eine Vorlage je Zeile</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose the file to compare with.</source>
        <translation>Bitte die Datei zum Vergleichen wählen.</translation>
    </message>
    <message>
        <source>Choose the references</source>
        <translation>Vorlagen wählen</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Name the collection to compare with.</source>
        <translation>Bitte die Sammlung zum Vergleichen nennen.</translation>
    </message>
    <message>
        <source>Tables ({0})</source>
        <translation>Tabellen ({0})</translation>
    </message>
    <message>
        <source>Where the references are</source>
        <translation>Wo die Vorlagen liegen</translation>
    </message>
    <message>
        <source>collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report for support</source>
        <translation>Bericht für den Support</translation>
    </message>
    <message>
        <source>This is what is copied. Passwords, records and file names are left out; your home folder is written as ~.</source>
        <translation>Genau das wird kopiert. Passwörter, Datensätze und Dateinamen fehlen; der persönliche Ordner steht als ~ da.</translation>
    </message>
</context>
<context>
    <name>ResultFind</name>
    <message>
        <source>Found in no row</source>
        <translation>In keiner Zeile gefunden</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche …</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>ResultHeader</name>
    <message>
        <source>Click to sort, Shift and click to sort by a further column</source>
        <translation>Klick sortiert, mit Umschalt nach einer weiteren Spalte</translation>
    </message>
    <message>
        <source>Rows can be sorted when the run has ended</source>
        <translation>Sortieren geht, sobald der Lauf zu Ende ist</translation>
    </message>
</context>
<context>
    <name>ResultMenu</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Facts about this column</source>
        <translation>Angaben zu dieser Spalte</translation>
    </message>
    <message>
        <source>Filter this column …</source>
        <translation>Diese Spalte filtern …</translation>
    </message>
    <message>
        <source>Only rows with this value</source>
        <translation>Nur Zeilen mit diesem Wert</translation>
    </message>
    <message>
        <source>Order of the source</source>
        <translation>Reihenfolge der Quelle</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>Aufsteigend sortieren</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>Absteigend sortieren</translation>
    </message>
    <message>
        <source>Where this row comes from</source>
        <translation>Woher diese Zeile kommt</translation>
    </message>
    <message>
        <source>Without this value</source>
        <translation>Ohne diesen Wert</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Results</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>ResultsBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Facts about a column (Ctrl+I)</source>
        <translation>Angaben zu einer Spalte (Strg+I)</translation>
    </message>
    <message>
        <source>Filter the rows (Ctrl+L)</source>
        <translation>Zeilen filtern (Strg+L)</translation>
    </message>
    <message>
        <source>Filtering …</source>
        <translation>Filtern …</translation>
    </message>
    <message>
        <source>Find in the results (Ctrl+F)</source>
        <translation>Im Ergebnis suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Go to row (Ctrl+G)</source>
        <translation>Gehe zu Zeile (Strg+G)</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Sorting …</source>
        <translation>Sortieren …</translation>
    </message>
    <message>
        <source>The rows after these</source>
        <translation>Die Zeilen danach</translation>
    </message>
    <message>
        <source>The rows before these</source>
        <translation>Die Zeilen davor</translation>
    </message>
    <message>
        <source>rows {0} to {1}</source>
        <translation>Zeilen {0} bis {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0}, {1} columns</source>
        <translation>{0}, {1} Spalten</translation>
    </message>
</context>
<context>
    <name>ResultsTab</name>
    <message>
        <source>No row passes the filter.</source>
        <translation>Keine Zeile passt zum Filter.</translation>
    </message>
    <message>
        <source>Nothing was loaded.</source>
        <translation>Nichts wurde geladen.</translation>
    </message>
    <message>
        <source>Rows appear here as soon as the first file is done.</source>
        <translation>Zeilen erscheinen hier, sobald die erste Datei fertig ist.</translation>
    </message>
</context>
<context>
    <name>RowOrigin</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy file and line</source>
        <translation>Datei und Zeile kopieren</translation>
    </message>
    <message>
        <source>Looking for row {0} in its source …</source>
        <translation>Zeile {0} wird in ihrer Quelle gesucht …</translation>
    </message>
    <message>
        <source>Row {0} is in {1}</source>
        <translation>Zeile {0} steht in {1}</translation>
    </message>
    <message>
        <source>Row {0} was in {1}; the file has changed since</source>
        <translation>Zeile {0} stand in {1}; die Datei wurde seither geändert</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>Probleme zeigen</translation>
    </message>
    <message>
        <source>{0}, line {1}</source>
        <translation>{0}, Zeile {1}</translation>
    </message>
</context>
<context>
    <name>RowScores</name>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Score of each row</source>
        <translation>Punkte jeder Zeile</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose one from the list</source>
        <translation>Einen aus der Liste wählen</translation>
    </message>
    <message>
        <source>Choose one of the runs on this machine</source>
        <translation>Einen der Läufe auf diesem Rechner wählen</translation>
    </message>
    <message>
        <source>No run has a result yet</source>
        <translation>Noch kein Lauf hat ein Ergebnis</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} Zeilen</translation>
    </message>
</context>
<context>
    <name>RunChoice</name>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Looking at the rows …</source>
        <translation>Die Zeilen werden angesehen …</translation>
    </message>
    <message>
        <source>{0} rows, {1} columns</source>
        <translation>{0} Zeilen, {1} Spalten</translation>
    </message>
</context>
<context>
    <name>RunHeader</name>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelling: 1 worker stopping</source>
        <translation>Bricht ab: 1 Prozess endet</translation>
    </message>
    <message>
        <source>Cancelling: {0} workers stopping</source>
        <translation>Bricht ab: {0} Prozesse enden</translation>
    </message>
    <message>
        <source>Files at once</source>
        <translation>Dateien zugleich</translation>
    </message>
    <message>
        <source>Find the best of these records, on the New job page</source>
        <translation>Die besten dieser Datensätze finden, auf der Seite „Neuer Auftrag“</translation>
    </message>
    <message>
        <source>How many may start in one second. Any: as soon as there is room.</source>
        <translation>Wie viele in einer Sekunde starten dürfen. Beliebig: sobald Platz ist.</translation>
    </message>
    <message>
        <source>Load what failed, was cancelled or never started, into its own place</source>
        <translation>Was scheiterte, abgebrochen wurde oder nie begann, an seinen Platz laden</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry unfinished</source>
        <translation>Rest wiederholen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Score this</source>
        <translation>Dies bewerten</translation>
    </message>
    <message>
        <source>Start nothing new; what runs is finished</source>
        <translation>Nichts Neues beginnen; was läuft, wird beendet</translation>
    </message>
    <message>
        <source>Starts per second</source>
        <translation>Starts je Sekunde</translation>
    </message>
    <message>
        <source>Stop the run; what is done is kept</source>
        <translation>Den Lauf anhalten; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>{0}. The run goes on by itself.</source>
        <translation>{0}. Der Lauf geht von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>RunNumbers</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Records per second</source>
        <translation>Datensätze je Sekunde</translation>
    </message>
    <message>
        <source>Rows per second</source>
        <translation>Zeilen je Sekunde</translation>
    </message>
    <message>
        <source>Rows so far</source>
        <translation>Zeilen bisher</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>Scored so far</source>
        <translation>Bisher bewertet</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>of {0} {1}</source>
        <translation>von {0} {1}</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
</context>
<context>
    <name>RunTabs</name>
    <message>
        <source>Fold or unfold the lower part</source>
        <translation>Den unteren Teil auf- oder zuklappen</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Files</source>
        <translation>Anz.</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>{0} rows/s</source>
        <translation>{0} Zeilen/s</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy as new job</source>
        <translation>Als neuer Auftrag</translation>
    </message>
    <message>
        <source>Copy as new job (Ctrl+D)</source>
        <translation>Als neuer Auftrag (Strg+D)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the run with its result (Del)</source>
        <translation>Den Lauf mit seinem Ergebnis löschen (Entf)</translation>
    </message>
    <message>
        <source>Delete {0}?</source>
        <translation>{0} löschen?</translation>
    </message>
    <message>
        <source>Every run is kept here with its result and its receipt.</source>
        <translation>Jeder Lauf bleibt hier mit Ergebnis und Beleg.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>New job</source>
        <translation>Neuer Auftrag</translation>
    </message>
    <message>
        <source>No run has all of these words.</source>
        <translation>Kein Lauf enthält alle diese Wörter.</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>Old runs were deleted, as the settings say: {0}. This freed {1}.</source>
        <translation>Alte Läufe wurden gelöscht, wie in den Einstellungen: {0}. Das gab {1} frei.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the run (Enter)</source>
        <translation>Den Lauf öffnen (Eingabe)</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin: no rule deletes it (P)</source>
        <translation>Anheften: keine Regel löscht ihn (P)</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>Umbenennen (F2)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry unfinished</source>
        <translation>Rest wiederholen</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message>
        <source>Search runs (Ctrl+F)</source>
        <translation>Läufe suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Start the same job as a new run (Ctrl+R)</source>
        <translation>Denselben Auftrag als neuen Lauf starten (Strg+R)</translation>
    </message>
    <message>
        <source>This frees {0}. Its result, receipt and problems are gone then; exported files and the files it was loaded from stay.</source>
        <translation>Das gibt {0} frei. Ergebnis, Beleg und Probleme sind dann weg; exportierte Dateien und die Quelldateien bleiben.</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Unpin: the rule for old runs may delete it (P)</source>
        <translation>Lösen: die Regel für alte Läufe darf ihn löschen (P)</translation>
    </message>
    <message>
        <source>its room on disk</source>
        <translation>seinen Platz auf der Platte</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>{0} of {1} runs</source>
        <translation>{0} von {1} Läufen</translation>
    </message>
    <message>
        <source>{0} on disk</source>
        <translation>{0} auf der Platte</translation>
    </message>
</context>
<context>
    <name>SampleModel</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Rows/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>ScoreHistogram</name>
    <message>
        <source>All scores</source>
        <translation>Alle Punkte</translation>
    </message>
    <message>
        <source>Drag the line, or move it with the arrow keys</source>
        <translation>Die Linie ziehen oder mit den Pfeiltasten bewegen</translation>
    </message>
    <message>
        <source>{0} or better: {1}</source>
        <translation>{0} oder besser: {1}</translation>
    </message>
</context>
<context>
    <name>ScorePanel</name>
    <message>
        <source>Add a comparison</source>
        <translation>Vergleich anfügen</translation>
    </message>
    <message>
        <source>An empty field</source>
        <translation>Ein leeres Feld</translation>
    </message>
    <message>
        <source>Best to list</source>
        <translation>Beste in der Liste</translation>
    </message>
    <message>
        <source>Best to list of each</source>
        <translation>Beste je Vorlage</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Each of many</source>
        <translation>Jede von vielen</translation>
    </message>
    <message>
        <source>How many references</source>
        <translation>Wie viele Vorlagen</translation>
    </message>
    <message>
        <source>One record</source>
        <translation>Ein Datensatz</translation>
    </message>
    <message>
        <source>Paste JSON</source>
        <translation>JSON einfügen</translation>
    </message>
    <message>
        <source>Scorecard</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Type the values, or choose a row below and use it.</source>
        <translation>Werte eintippen oder unten eine Zeile wählen und übernehmen.</translation>
    </message>
    <message>
        <source>counts as half alike</source>
        <translation>zählt als halb gleich</translation>
    </message>
    <message>
        <source>counts as not alike</source>
        <translation>zählt als ungleich</translation>
    </message>
    <message>
        <source>is left out</source>
        <translation>wird ausgelassen</translation>
    </message>
</context>
<context>
    <name>ScoreRow</name>
    <message>
        <source>0 from there on</source>
        <translation>0 von da an</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>Wie verglichen wird</translation>
    </message>
    <message>
        <source>Remove this comparison</source>
        <translation>Diesen Vergleich entfernen</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>compared with …</source>
        <translation>verglichen mit …</translation>
    </message>
    <message>
        <source>left out: no value yet</source>
        <translation>ausgelassen: noch kein Wert</translation>
    </message>
    <message>
        <source>the references&apos; field, if it has another name</source>
        <translation>das Feld der Vorlagen, falls es anders heißt</translation>
    </message>
    <message>
        <source>within</source>
        <translation>innerhalb</translation>
    </message>
    <message>
        <source>{0} Formula: {1}</source>
        <translation>{0} Formel: {1}</translation>
    </message>
</context>
<context>
    <name>ScoreWords</name>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 Datensatz</translation>
    </message>
    <message>
        <source>A record with an empty field is scored on its other fields.</source>
        <translation>Ein Datensatz mit leerem Feld wird nach seinen anderen Feldern bewertet.</translation>
    </message>
    <message>
        <source>An empty field counts as half alike.</source>
        <translation>Ein leeres Feld zählt als halb gleich.</translation>
    </message>
    <message>
        <source>An empty field counts as not alike at all.</source>
        <translation>Ein leeres Feld zählt als ganz ungleich.</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>The reference</source>
        <translation>Die Vorlage</translation>
    </message>
    <message>
        <source>The references</source>
        <translation>Die Vorlagen</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Dasselbe</translation>
    </message>
    <message>
        <source>The same day</source>
        <translation>Derselbe Tag</translation>
    </message>
    <message>
        <source>The same place</source>
        <translation>Derselbe Ort</translation>
    </message>
    <message>
        <source>The same words</source>
        <translation>Dieselben Wörter</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>within {0}</source>
        <translation>innerhalb {0}</translation>
    </message>
    <message>
        <source>{0} alike</source>
        <translation>{0} gleich</translation>
    </message>
    <message>
        <source>{0} apart</source>
        <translation>{0} auseinander</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0} Tage</translation>
    </message>
    <message>
        <source>{0} km</source>
        <translation>{0} km</translation>
    </message>
    <message>
        <source>{0} or more apart</source>
        <translation>{0} oder mehr auseinander</translation>
    </message>
    <message>
        <source>{0} records</source>
        <translation>{0} Datensätze</translation>
    </message>
    <message>
        <source>{0} same words</source>
        <translation>{0} gleiche Wörter</translation>
    </message>
    <message>
        <source>{0} shared</source>
        <translation>{0} gemeinsam</translation>
    </message>
    <message>
        <source>{0} the same direction</source>
        <translation>{0} dieselbe Richtung</translation>
    </message>
    <message>
        <source>“{0}” and “{1}”: {2}</source>
        <translation>„{0}“ und „{1}“: {2}</translation>
    </message>
</context>
<context>
    <name>ScorecardPane</name>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
</context>
<context>
    <name>Scoring</name>
    <message>
        <source>Add a comparison.</source>
        <translation>Bitte einen Vergleich anfügen.</translation>
    </message>
    <message>
        <source>Best of the {0} first rows: {1}, row {2}</source>
        <translation>Beste der {0} ersten Zeilen: {1}, Zeile {2}</translation>
    </message>
    <message>
        <source>Compare with the row that is chosen below</source>
        <translation>Mit der unten gewählten Zeile vergleichen</translation>
    </message>
    <message>
        <source>Find {0}</source>
        <translation>Finde {0}</translation>
    </message>
    <message>
        <source>Match {0}</source>
        <translation>Abgleich {0}</translation>
    </message>
    <message>
        <source>No row below can be compared.</source>
        <translation>Keine Zeile unten lässt sich vergleichen.</translation>
    </message>
    <message>
        <source>Say what to compare with.</source>
        <translation>Bitte sagen, womit verglichen wird.</translation>
    </message>
    <message>
        <source>The {0} best of {1} rows</source>
        <translation>Die {0} besten von {1} Zeilen</translation>
    </message>
    <message>
        <source>Use this row</source>
        <translation>Diese Zeile nehmen</translation>
    </message>
    <message>
        <source>With the first reference, best of the {0} first rows: {1}, row {2}</source>
        <translation>Mit der ersten Vorlage, beste der ersten {0} Zeilen: {1}, Zeile {2}</translation>
    </message>
    <message>
        <source>{0} best of {1} rows per reference</source>
        <translation>Die {0} besten von {1} Zeilen je Vorlage</translation>
    </message>
</context>
<context>
    <name>ServerTree</name>
    <message>
        <source>Databases and collections</source>
        <translation>Datenbanken und Sammlungen</translation>
    </message>
    <message>
        <source>time series</source>
        <translation>Zeitreihe</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Sicht</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>At the start the oldest runs beyond this are deleted. Pinned runs and runs that can be resumed stay.</source>
        <translation>Beim Start werden die ältesten Läufe darüber gelöscht. Angeheftete und fortsetzbare Läufe bleiben.</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Auto: the number of processor cores and two more.</source>
        <translation>Auto: so viele wie Prozessorkerne, und zwei mehr.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a folder for runs</source>
        <translation>Ordner für Läufe wählen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Days to keep</source>
        <translation>Tage aufheben</translation>
    </message>
    <message>
        <source>Files at once</source>
        <translation>Dateien zugleich</translation>
    </message>
    <message>
        <source>Finish the rest, then tell me</source>
        <translation>Rest beenden, dann melden</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder for runs</source>
        <translation>Ordner für Läufe</translation>
    </message>
    <message>
        <source>For what can pass, such as a network drive that does not answer.</source>
        <translation>Für Vorübergehendes, etwa ein Netzlaufwerk, das nicht antwortet.</translation>
    </message>
    <message>
        <source>Gigabytes to keep</source>
        <translation>Gigabyte aufheben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Notify me</source>
        <translation>Benachrichtigen</translation>
    </message>
    <message>
        <source>Of runs longer than a minute, while another window is in front.</source>
        <translation>Bei Läufen über einer Minute, wenn ein anderes Fenster vorn ist.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Results and receipts are kept here. Runs that are there already stay.</source>
        <translation>Hier liegen Ergebnisse und Belege. Läufe, die schon da sind, bleiben.</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Retries after a failure</source>
        <translation>Wiederholungen nach einem Fehler</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>Starts per second</source>
        <translation>Starts je Sekunde</translation>
    </message>
    <message>
        <source>Stop at the first failure</source>
        <translation>Beim ersten Fehler anhalten</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>The folder for runs needs a whole path, such as /home/me/runs.</source>
        <translation>Der Ordner für Läufe braucht einen ganzen Pfad, etwa /home/ich/laeufe.</translation>
    </message>
    <message>
        <source>What a new job begins with</source>
        <translation>Womit ein neuer Auftrag beginnt</translation>
    </message>
    <message>
        <source>What the program noted, and a report for support.</source>
        <translation>Was das Programm notiert hat, und ein Bericht für den Support.</translation>
    </message>
    <message>
        <source>When a file fails</source>
        <translation>Wenn eine Datei scheitert</translation>
    </message>
    <message>
        <source>When a run has ended</source>
        <translation>Wenn ein Lauf zu Ende ist</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>Cancel this chunk</source>
        <translation>Diesen Block abbrechen</translation>
    </message>
    <message>
        <source>Cancel this file</source>
        <translation>Diese Datei abbrechen</translation>
    </message>
    <message>
        <source>Chunk</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Chunks at once</source>
        <translation>Blöcke zugleich</translation>
    </message>
    <message>
        <source>Correct the document, then load it again</source>
        <translation>Das Dokument berichtigen, dann neu laden</translation>
    </message>
    <message>
        <source>Correct the file, then load it again</source>
        <translation>Die Datei berichtigen, dann neu laden</translation>
    </message>
    <message>
        <source>Correct the record, then load it again</source>
        <translation>Den Datensatz berichtigen, dann neu laden</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Documents read = loaded + rejected, for every range.</source>
        <translation>Gelesene Dokumente = geladene + abgelehnte, für jeden Bereich.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files at once</source>
        <translation>Dateien zugleich</translation>
    </message>
    <message>
        <source>Find a chunk</source>
        <translation>Block suchen</translation>
    </message>
    <message>
        <source>Find a file</source>
        <translation>Datei suchen</translation>
    </message>
    <message>
        <source>Follow running chunks</source>
        <translation>Laufenden Blöcken folgen</translation>
    </message>
    <message>
        <source>Follow running files</source>
        <translation>Laufenden Dateien folgen</translation>
    </message>
    <message>
        <source>Range of _id</source>
        <translation>Bereich der _id</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>Gelesene Zeilen</translation>
    </message>
    <message>
        <source>Rows read = loaded + rejected, for every chunk.</source>
        <translation>Gelesene Zeilen = geladene + abgelehnte, für jeden Block.</translation>
    </message>
    <message>
        <source>Rows read = loaded + rejected, for every file.</source>
        <translation>Gelesene Zeilen = geladene + abgelehnte, für jede Datei.</translation>
    </message>
    <message>
        <source>chunk</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>chunks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>took {0}</source>
        <translation>dauerte {0}</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation>{0} in {1}</translation>
    </message>
    <message>
        <source>{0} of the result {1}</source>
        <translation>{0} des Ergebnisses {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>SpreadBars</name>
    <message>
        <source>Spread of the values</source>
        <translation>Verteilung der Werte</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>von {0} bis {1}</translation>
    </message>
</context>
<context>
    <name>StateFilter</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show by state</source>
        <translation>Nach Zustand zeigen</translation>
    </message>
</context>
<context>
    <name>StatisticsPane</name>
    <message>
        <source>All rows</source>
        <translation>Alle Zeilen</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Verschiedene Werte</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Facts about a column</source>
        <translation>Angaben zu einer Spalte</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größter Wert</translation>
    </message>
    <message>
        <source>Looking through the column …</source>
        <translation>Spalte wird durchgesehen …</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Most frequent</source>
        <translation>Am häufigsten</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>Gezeigte Zeilen</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Kleinster Wert</translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>Welche Zeilen</translation>
    </message>
    <message>
        <source>less frequent</source>
        <translation>seltener</translation>
    </message>
    <message>
        <source>more than {0}</source>
        <translation>mehr als {0}</translation>
    </message>
    <message>
        <source>most frequent</source>
        <translation>am häufigsten</translation>
    </message>
    <message>
        <source>{0} shown</source>
        <translation>{0} gezeigt</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>1 run active</source>
        <translation>1 Lauf aktiv</translation>
    </message>
    <message>
        <source>All finished files are safe on disk</source>
        <translation>Alle fertigen Dateien sind sicher auf der Platte</translation>
    </message>
    <message>
        <source>No run active</source>
        <translation>Kein Lauf aktiv</translation>
    </message>
    <message>
        <source>{0} memory free</source>
        <translation>{0} Speicher frei</translation>
    </message>
    <message>
        <source>{0} of {1} workers busy</source>
        <translation>{0} von {1} Prozessen beschäftigt</translation>
    </message>
    <message>
        <source>{0} rows/s</source>
        <translation>{0} Zeilen/s</translation>
    </message>
    <message>
        <source>{0} runs active</source>
        <translation>{0} Läufe aktiv</translation>
    </message>
    <message>
        <source>{0} workers ready</source>
        <translation>{0} Prozesse bereit</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message>
        <source>Parts of the run</source>
        <translation>Teile des Laufs</translation>
    </message>
</context>
<context>
    <name>TaskModel</name>
    <message>
        <source>#</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sek.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Anläufe</translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Find a file</source>
        <translation>Datei suchen</translation>
    </message>
    <message>
        <source>Follow running files</source>
        <translation>Laufenden Dateien folgen</translation>
    </message>
    <message>
        <source>Keep the first running one in the middle</source>
        <translation>Das erste Laufende in der Mitte halten</translation>
    </message>
</context>
<context>
    <name>TaskTable</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Meldung kopieren</translation>
    </message>
    <message>
        <source>Files of the run</source>
        <translation>Dateien des Laufs</translation>
    </message>
    <message>
        <source>Show in Problems</source>
        <translation>In „Probleme“ zeigen</translation>
    </message>
    <message>
        <source>Show in Timeline</source>
        <translation>In der Zeitachse zeigen</translation>
    </message>
</context>
<context>
    <name>TaskWords</name>
    <message>
        <source>1 row could not be read, see Problems</source>
        <translation>1 Zeile war nicht lesbar, siehe Probleme</translation>
    </message>
    <message>
        <source>1 row looked odd, see Problems</source>
        <translation>1 Zeile fiel auf, siehe Probleme</translation>
    </message>
    <message>
        <source>Its worker is stopping</source>
        <translation>Ihr Prozess endet</translation>
    </message>
    <message>
        <source>Loaded before, unchanged since</source>
        <translation>Früher geladen, seither unverändert</translation>
    </message>
    <message>
        <source>Never started</source>
        <translation>Nie begonnen</translation>
    </message>
    <message>
        <source>Next start in {0}</source>
        <translation>Nächster Start in {0}</translation>
    </message>
    <message>
        <source>Stopped, nothing of it is in the result</source>
        <translation>Angehalten, nichts davon ist im Ergebnis</translation>
    </message>
    <message>
        <source>Try {0}, after: {1}</source>
        <translation>Versuch {0}, nach: {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} rows could not be read, see Problems</source>
        <translation>{0} Zeilen waren nicht lesbar, siehe Probleme</translation>
    </message>
    <message>
        <source>{0} rows looked odd, see Problems</source>
        <translation>{0} Zeilen fielen auf, siehe Probleme</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Idle</source>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Limit of files at once</source>
        <translation>Grenze: Dateien zugleich</translation>
    </message>
    <message>
        <source>Low memory</source>
        <translation>Wenig Speicher</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>Startgrenze</translation>
    </message>
    <message>
        <source>Source not answering</source>
        <translation>Quelle antwortet nicht</translation>
    </message>
    <message>
        <source>Waiting for a retry</source>
        <translation>Wartet auf Wiederholung</translation>
    </message>
    <message>
        <source>Worker {0}</source>
        <translation>Prozess {0}</translation>
    </message>
    <message>
        <source>Worker {0}, from {1}, {2}</source>
        <translation>Prozess {0}, ab {1}, {2}</translation>
    </message>
    <message>
        <source>and {0} more, too short to draw</source>
        <translation>und {0} weitere, zu kurz zum Zeichnen</translation>
    </message>
    <message>
        <source>broke off, tried again</source>
        <translation>unterbrochen, wiederholt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>its worker stopped, tried again</source>
        <translation>Prozess beendet, wiederholt</translation>
    </message>
    <message>
        <source>now {0}</source>
        <translation>jetzt {0}</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>try {0}: {1}</source>
        <translation>Versuch {0}: {1}</translation>
    </message>
</context>
<context>
    <name>TimelineTab</name>
    <message>
        <source>Look from farther (−)</source>
        <translation>Von weiter weg ansehen (−)</translation>
    </message>
    <message>
        <source>Look nearer (+)</source>
        <translation>Näher ansehen (+)</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>Alles zeigen (0)</translation>
    </message>
    <message>
        <source>Workers were busy {0} of the time</source>
        <translation>Prozesse zu {0} der Zeit beschäftigt</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline of the workers</source>
        <translation>Zeitachse der Prozesse</translation>
    </message>
    <message>
        <source>{0} workers, busy {1} of the time</source>
        <translation>{0} Prozesse, {1} der Zeit beschäftigt</translation>
    </message>
</context>
<context>
    <name>UnseenBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Abhaken</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Alle abhaken</translation>
    </message>
    <message>
        <source>Do not tell of this end any more</source>
        <translation>Dieses Ende nicht mehr melden</translation>
    </message>
    <message>
        <source>One more run waits to be looked at.</source>
        <translation>Noch ein Lauf wartet darauf, angesehen zu werden.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>{0} ended with failures: {1} of {2} failed.</source>
        <translation>{0} endete mit Fehlern: {1} von {2} fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{0} failed.</source>
        <translation>{0} ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{0} finished with problems.</source>
        <translation>{0} ist mit Problemen fertig geworden.</translation>
    </message>
    <message>
        <source>{0} more runs wait to be looked at.</source>
        <translation>{0} weitere Läufe warten darauf, angesehen zu werden.</translation>
    </message>
    <message>
        <source>{0} was interrupted. What is done is kept.</source>
        <translation>{0} wurde unterbrochen. Was fertig ist, bleibt.</translation>
    </message>
</context>
<context>
    <name>ValuesPopover</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>No values in the first rows.</source>
        <translation>Keine Werte in den ersten Zeilen.</translation>
    </message>
    <message>
        <source>and {0} more in the first rows</source>
        <translation>und {0} weitere in den ersten Zeilen</translation>
    </message>
</context>
<context>
    <name>WayIn</name>
    <message>
        <source>Starts a small database server on this computer; it ends with the program.</source>
        <translation>Startet einen kleinen Datenbankserver auf diesem Rechner; er endet mit dem Programm.</translation>
    </message>
    <message>
        <source>Try a sample server</source>
        <translation>Beispielserver probieren</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>.csv, .tsv, .txt, also zipped. Your files are only read, never changed.</source>
        <translation>.csv, .tsv, .txt, auch gepackt. Die Dateien werden nur gelesen, nie verändert.</translation>
    </message>
    <message>
        <source>1 Check</source>
        <translation>1 Prüfen</translation>
    </message>
    <message>
        <source>2 Start</source>
        <translation>2 Starten</translation>
    </message>
    <message>
        <source>3 Balanced</source>
        <translation>3 Ausgeglichen</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Browse a server, pick a collection, load it or score it.</source>
        <translation>Einen Server ansehen, eine Sammlung wählen, laden oder bewerten.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a folder (Ctrl+O)</source>
        <translation>Ordner wählen (Strg+O)</translation>
    </message>
    <message>
        <source>Connect to MongoDB</source>
        <translation>Mit MongoDB verbinden</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Drop a folder with CSV files here</source>
        <translation>Einen Ordner mit CSV-Dateien hierher ziehen</translation>
    </message>
    <message>
        <source>Get a receipt that accounts for every row.</source>
        <translation>Ein Beleg weist jede Zeile nach.</translation>
    </message>
    <message>
        <source>Load the sample</source>
        <translation>Beispiel laden</translation>
    </message>
    <message>
        <source>Open a job file</source>
        <translation>Auftragsdatei öffnen</translation>
    </message>
    <message>
        <source>Open a saved job</source>
        <translation>Auftrag öffnen</translation>
    </message>
    <message>
        <source>Run it again with the same settings, on new files too.</source>
        <translation>Mit denselben Einstellungen noch einmal, auch für neue Dateien.</translation>
    </message>
    <message>
        <source>See how each file is written and where columns differ.</source>
        <translation>Sehen, wie jede Datei geschrieben ist und wo Spalten sich unterscheiden.</translation>
    </message>
    <message>
        <source>Try it with sample data</source>
        <translation>Mit Beispielen probieren</translation>
    </message>
    <message>
        <source>Turn many files or database records into one table, and see that no row was lost.</source>
        <translation>Aus vielen Dateien oder Datensätzen wird eine Tabelle, und man sieht, dass keine Zeile verloren ging.</translation>
    </message>
    <message>
        <source>Watch every file, change the speed, pause or cancel.</source>
        <translation>Jede Datei beobachten, Tempo ändern, anhalten oder abbrechen.</translation>
    </message>
    <message>
        <source>Welcome to Loadline</source>
        <translation>Willkommen bei Loadline</translation>
    </message>
</context>
<context>
    <name>WhyLine</name>
    <message>
        <source>does not count</source>
        <translation>zählt nicht</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>von {0}</translation>
    </message>
</context>
<context>
    <name>WhyPane</name>
    <message>
        <source>Compared with {0}: {1}</source>
        <translation>Verglichen mit {0}: {1}</translation>
    </message>
    <message>
        <source>Counted among these {0} only; other records are not looked at.</source>
        <translation>Nur unter diesen {0} gezählt; andere Datensätze werden nicht angesehen.</translation>
    </message>
    <message>
        <source>If a comparison did not count</source>
        <translation>Wenn ein Vergleich nicht zählte</translation>
    </message>
    <message>
        <source>Nothing to explain yet</source>
        <translation>Noch nichts zu erklären</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>The record above</source>
        <translation>Der Datensatz darüber</translation>
    </message>
    <message>
        <source>The record below</source>
        <translation>Der Datensatz darunter</translation>
    </message>
    <message>
        <source>This record</source>
        <translation>Dieser Datensatz</translation>
    </message>
    <message>
        <source>Why number {0}?</source>
        <translation>Warum Nummer {0}?</translation>
    </message>
    <message>
        <source>of {0} possible</source>
        <translation>von {0} möglichen</translation>
    </message>
</context>
<context>
    <name>WithoutLine</name>
    <message>
        <source>Without {0}</source>
        <translation>Ohne {0}</translation>
    </message>
    <message>
        <source>down to number {0}</source>
        <translation>hinab auf Nummer {0}</translation>
    </message>
    <message>
        <source>stays number {0}</source>
        <translation>bleibt Nummer {0}</translation>
    </message>
    <message>
        <source>up to number {0}</source>
        <translation>hinauf auf Nummer {0}</translation>
    </message>
</context>
<context>
    <name>_StepperFrame</name>
    <message>
        <source>Less: {0}</source>
        <translation>Weniger: {0}</translation>
    </message>
    <message>
        <source>More: {0}</source>
        <translation>Mehr: {0}</translation>
    </message>
</context>
<context>
    <name>connections</name>
    <message>
        <source>Add connection</source>
        <translation>Verbindung anfügen</translation>
    </message>
    <message>
        <source>Connect, sign in and list what is there; takes at most 5 seconds</source>
        <translation>Verbinden, anmelden und auflisten, was da ist; höchstens 5 Sekunden</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connected in {0} ms</source>
        <translation>In {0} ms verbunden</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Nobody checks that it is the right server: any certificate will do.</source>
        <translation>Niemand prüft, ob es der richtige Server ist: Jedes Zertifikat genügt.</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Nicht versucht</translation>
    </message>
    <message>
        <source>Password missing</source>
        <translation>Passwort fehlt</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the connection (Ctrl+S)</source>
        <translation>Die Verbindung speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>The connection needs a name.</source>
        <translation>Die Verbindung braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is another connection called {0}.</source>
        <translation>Es gibt schon eine Verbindung namens {0}.</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>does not let you in</source>
        <translation>lässt niemanden hinein</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>geht nicht</translation>
    </message>
    <message>
        <source>needs its password</source>
        <translation>braucht das Passwort</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>{0}, {1} servers in one group</source>
        <translation>{0}, {1} Server in einer Gruppe</translation>
    </message>
    <message>
        <source>{0}. The connection is encrypted.</source>
        <translation>{0}. Die Verbindung ist verschlüsselt.</translation>
    </message>
    <message>
        <source>{0}. The connection is not encrypted.</source>
        <translation>{0}. Die Verbindung ist nicht verschlüsselt.</translation>
    </message>
</context>
<context>
    <name>field list</name>
    <message>
        <source>A field&apos;s name does not begin with $</source>
        <translation>Ein Feldname beginnt nicht mit $</translation>
    </message>
    <message>
        <source>A field&apos;s name stands in double quotes</source>
        <translation>Ein Feldname steht in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>Name the fields to keep: fields cannot be left out</source>
        <translation>Bitte die Felder nennen, die bleiben: Felder lassen sich nicht auslassen</translation>
    </message>
    <message>
        <source>Only 1 can stand here: the field is kept</source>
        <translation>Hier kann nur 1 stehen: Das Feld bleibt</translation>
    </message>
    <message>
        <source>The name of a field is missing</source>
        <translation>Der Name eines Feldes fehlt</translation>
    </message>
    <message>
        <source>This is nested too deeply</source>
        <translation>Das ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>This is no list of names in double quotes</source>
        <translation>Das ist keine Liste von Namen in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>Write such names as a list: [&quot;…&quot;, &quot;…&quot;]</source>
        <translation>Solche Namen als Liste schreiben: [&quot;…&quot;, &quot;…&quot;]</translation>
    </message>
    <message>
        <source>character {0}</source>
        <translation>Zeichen {0}</translation>
    </message>
    <message>
        <source>{0} is part of {1}, which is named as well</source>
        <translation>{0} gehört zu {1}, das auch genannt ist</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>Do not join {0} any more</source>
        <translation>{0} nicht mehr zusammenführen</translation>
    </message>
    <message>
        <source>Find out from the values</source>
        <translation>Aus den Werten ermitteln</translation>
    </message>
    <message>
        <source>Join with</source>
        <translation>Zusammenführen mit</translation>
    </message>
    <message>
        <source>Show the values</source>
        <translation>Die Werte zeigen</translation>
    </message>
    <message>
        <source>Take it from another column</source>
        <translation>Aus einer anderen Spalte nehmen</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>What does {0} mean?</source>
        <translation>Was bedeutet {0}?</translation>
    </message>
</context>
<context>
    <name>new job</name>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>About a second</source>
        <translation>Etwa eine Sekunde</translation>
    </message>
    <message>
        <source>About {0} hours</source>
        <translation>Etwa {0} Stunden</translation>
    </message>
    <message>
        <source>About {0} minutes</source>
        <translation>Etwa {0} Minuten</translation>
    </message>
    <message>
        <source>About {0} seconds</source>
        <translation>Etwa {0} Sekunden</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} Dateien</translation>
    </message>
</context>
<context>
    <name>states</name>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Bricht ab</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Finished with problems</source>
        <translation>Mit Problemen fertig</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Schließt ab</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Die Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Low memory</source>
        <translation>Wenig Speicher</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>No free slot</source>
        <translation>Kein Platz frei</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>Startgrenze</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Retry in {0} s</source>
        <translation>Wieder in {0} s</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>date and time</source>
        <translation>Datum und Zeit</translation>
    </message>
    <message>
        <source>decimal</source>
        <translation>Dezimalzahl</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>empty lists</source>
        <translation>leere Listen</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>list of numbers</source>
        <translation>Liste von Zahlen</translation>
    </message>
    <message>
        <source>list of whole numbers</source>
        <translation>Liste ganzer Zahlen</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>true/false</source>
        <translation>wahr/falsch</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>ganze Zahl</translation>
    </message>
</context>
</TS>
