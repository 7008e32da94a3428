@echo off
rem Runs Trellis, building it first when its sources changed since the last build. See ./trellis, its twin for Unix.
setlocal
set "root=%~dp0"
set "output=%root%artifacts\app"
set "program=%output%\bin\Trellis.Cli\release\trellis.dll"
set "stamp=%output%\built"
where dotnet >nul 2>nul
if errorlevel 1 (
  echo Trellis needs the .NET 10 SDK, and there is no 'dotnet' on the PATH. 1>&2
  echo Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and try again. 1>&2
  exit /b 1
)
if not exist "%program%" goto build
if not exist "%stamp%" goto build
powershell -NoLogo -NoProfile -NonInteractive -Command "$built = (Get-Item -LiteralPath '%stamp%').LastWriteTimeUtc; $sources = 'src', 'Directory.Build.props', 'Directory.Packages.props', 'global.json' | ForEach-Object { Join-Path '%root%' $_ }; if (Get-ChildItem -LiteralPath $sources -Recurse -File | Where-Object LastWriteTimeUtc -gt $built | Select-Object -First 1) { exit 1 }"
if not errorlevel 1 goto run

:build
echo Building Trellis... 1>&2
if not exist "%output%" mkdir "%output%"
type nul > "%stamp%.next"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
pushd "%root%"
dotnet build src\Trellis.Cli -c Release -v quiet -nologo -nodeReuse:false -p:ArtifactsPath="%output%" -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false > "%output%\build.log" 2>&1 < nul
if errorlevel 1 (
  popd
  type "%output%\build.log" 1>&2
  echo Trellis could not be built; the messages above say why. 1>&2
  exit /b 1
)
popd
move /y "%stamp%.next" "%stamp%" >nul

:run
dotnet "%program%" %*
exit /b %errorlevel%
