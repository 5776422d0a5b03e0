; Inno Setup 6:  iscc /DVersion=0.1.0 packaging\windows\loadline.iss   after  python packaging\freeze.py
; For the person who installs it, without administrator's rights; nothing of theirs is removed.

#ifndef Version
  #error Say the version: iscc /DVersion=...
#endif

[Setup]
AppId={{6B7C52C1-5B0B-4E0D-9C1C-0C8E2B1B7A4D}
AppName=Loadline
AppVersion={#Version}
AppPublisher=Loadline contributors
DefaultDirName={localappdata}\Programs\Loadline
DefaultGroupName=Loadline
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SetupIconFile=..\..\build\icons\loadline.ico
UninstallDisplayIcon={app}\loadline.exe
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=loadline-{#Version}-windows-x64-setup
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes
WizardStyle=modern

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; An upgrade leaves no file of the version before.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\loadline\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Loadline"; Filename: "{app}\loadline.exe"; Parameters: "open"
Name: "{autodesktop}\Loadline"; Filename: "{app}\loadline.exe"; Parameters: "open"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.loadline"; ValueType: string; ValueData: "Loadline.Job"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Loadline.Job"; ValueType: string; ValueData: "Loadline job"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Loadline.Job\DefaultIcon"; ValueType: string; ValueData: "{app}\loadline.exe,0"
Root: HKCU; Subkey: "Software\Classes\Loadline.Job\shell\open\command"; ValueType: string; ValueData: """{app}\loadline.exe"" open ""%1"""

[Run]
Filename: "{app}\loadline.exe"; Parameters: "open"; Description: "{cm:LaunchProgram,Loadline}"; Flags: nowait postinstall skipifsilent
